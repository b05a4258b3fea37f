import ArgumentParser
import Foundation
import Learning
import PredictionServer
import Runtime

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer predictions of fitted models over HTTP: POST /predict, GET /docs.",
        discussion: "POST /predict asks the first model, POST /models/NAME/predict any of them. When an alias or the latest version"
            + " moves, the server takes over the new version without failing a request.")

    @Argument(help: "The models: NAME for the latest version, NAME@ALIAS, or NAME:vN.", transform: ModelSelector.argument)
    var models: [ModelSelector]
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "The notebook that makes the models' features: then POST /predict/SYMBOL looks them up or computes them from new bars.")
    var notebook: String?
    @OptionGroup var parameters: ParameterOptions
    @OptionGroup var options: ServeOptions
    @Option(parsing: .unconditional, help: "The address to listen on.")
    var host = "127.0.0.1"
    @Option(parsing: .unconditional, help: "The port to listen on; 0 takes a free one.")
    var port = 8000
    @Option(help: ArgumentHelp("The session that started the server, with which it ends.", visibility: .hidden))
    var session: Int32?

    func run() async throws {
        var settings = try options.settings()
        settings.host = host
        settings.port = port
        let watch = session.map(SessionWatch.init)
        defer { watch?.stop() }
        try await ModelServing(workspace: workspace.value, models: models, features: try features(), settings: settings).run()
    }

    private func features() throws -> (any FeatureSource)? {
        guard let notebook else { return nil }
        let session = try Session(workspace: workspace.value, notebook: notebook)
        defer { session.interrupts.stop() }
        let loaded = try session.load(notebook, overrides: parameters.values())
        guard loaded.diagnostics.isEmpty else { throw FaultText.report(RunFault.mistakes(loaded.diagnostics), loaded) }
        for model in models where !loaded.makes(model.name) {
            Terminal.note(
                "warning: \(notebook) has no model \(model.name), so its requests must give features; those that name a symbol get a 503")
        }
        return loaded.features(in: session)
    }
}

extension LoadedNotebook {
    func features(in session: Session) -> any FeatureSource {
        NotebookFeatures(live: LiveFeatures(context: session.context, notebook: checked))
    }
}

/// How to serve, apart from where.
struct ServeOptions: ParsableArguments {
    @Option(help: "A file with one key per line; requests must carry one as X-API-Key or bearer token.")
    var apiKeyFile: String?
    @Flag(help: "Listen beyond this machine without keys.")
    var insecure = false
    @Option(help: "The greatest body of a request, in bytes.")
    var bodyLimit = 1 << 20
    @Option(help: ArgumentHelp("How long requests under way may take once the server is told to end.", valueName: "seconds"))
    var drainTime = 10.0
    @Option(
        help: ArgumentHelp(
            "How long connections are still accepted once the server is told to end, while /ready says 503.", valueName: "seconds"))
    var drainDelay = 0.0
    @Flag(help: "Log what happens to the server, but not each request.")
    var quiet = false

    func validate() throws {
        guard bodyLimit > 0 else { throw ValidationError("--body-limit expects a number of bytes above 0.") }
        guard drainTime >= 0, drainDelay >= 0, drainTime < 86_400, drainDelay < 86_400 else {
            throw ValidationError("--drain-time and --drain-delay expect seconds, from 0 to a day.")
        }
    }

    func settings() throws -> ServerSettings {
        var settings = ServerSettings()
        settings.keys = try FaultText.reporting { try apiKeyFile.map { try APIKeys(file: $0) } }
        settings.isInsecure = insecure
        settings.bodyLimit = bodyLimit
        settings.drainTime = .seconds(drainTime)
        settings.drainDelay = .seconds(drainDelay)
        settings.logsRequests = !quiet
        return settings
    }
}

/// Models answering until the process is told to end.
struct ModelServing {
    let workspace: Workspace
    let models: [ModelSelector]
    /// Where requests may name a symbol.
    let features: (any FeatureSource)?
    let settings: ServerSettings

    func run() async throws {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        let first = FirstSignal()
        // A second one, given by someone who waited, ends the process with requests unanswered.
        SignalWatch.take([SIGINT, SIGTERM]) { number in
            if first.isFirst { end.yield() } else if first.isLongAgo { _exit(128 + number) }
        }
        do {
            let source = RegistryModels(registry: workspace.models)
            let host = settings.host
            let server = PredictionServer(models, from: source, features: features, settings: settings) { port, models in
                let names = models.map { "\($0.name) \($0.versionName)" }.joined(separator: ", ")
                Terminal.note("Serving \(names) on http://\(host.contains(":") ? "[\(host)]" : host):\(port), Ctrl-C ends.")
            }
            try await server.run(until: ends)
        } catch {
            throw FaultText.report(error, nil)
        }
    }
}
