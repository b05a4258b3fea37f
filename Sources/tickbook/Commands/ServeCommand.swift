import ArgumentParser
import Learning
import PredictionServer
import Runtime

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer predictions of a fitted model over HTTP: POST /predict, GET /health.")

    @Argument(help: "The model, or one version of it: stock_direction:v2")
    var model: ModelReference
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"
    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 8000

    func run() async throws {
        try await ModelServing(workspace: workspace.value, model: model.name, version: model.version, host: host, port: port).run()
    }
}

/// A model answering until the process is told to end.
struct ModelServing {
    let workspace: Workspace
    let model: String
    let version: Int?
    let host: String
    let port: Int
    var portChoice = "with --port"

    func run() async throws {
        do {
            let loaded = try workspace.models.load(model, version: version)
            let server = PredictionServer(model: loaded, host: host, port: port, portChoice: portChoice) { port in
                Terminal.note("Serving \(loaded.name) \(loaded.versionName) on http://\(host):\(port), Ctrl-C ends.")
            }
            try await server.run()
        } catch {
            throw FaultText.report(error, nil)
        }
    }
}
