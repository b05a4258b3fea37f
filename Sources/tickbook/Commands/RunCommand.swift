import ArgumentParser
import Learning
import PredictionServer
import Runtime

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a notebook's cells, making only what is not up to date.")

    @Argument(help: "The notebook, a Markdown file.")
    var notebook: String
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var parameters: ParameterOptions
    @Flag(help: "Make everything anew, as new versions.")
    var fullRefresh = false
    @Option(help: "Run only this cell.")
    var only: String?
    @Option(help: "Run the cells up to and with this one.")
    var until: String?
    @Flag(name: .customLong("no-serve"), help: "Pass over serve statements.")
    var passesOverServe = false

    @Flag(name: .customLong("plan"), help: "Say what would be made and why, and write nothing.")
    var plansOnly = false
    @Flag(help: "One JSON object per line.")
    var json = false
    @OptionGroup var verbosity: VerbosityOptions
    @OptionGroup(title: "Operation") var operation: OperationOptions

    func run() async throws {
        let session = try Session(workspace: workspace.value, notebook: notebook)
        if plansOnly { return try plan(session.load(notebook, overrides: parameters.values()), in: session) }
        let watched = try WatchedRun(
            session, workspace: workspace.value, notebook: notebook, options: choices, operation: operation,
            events: json ? RunEvents() : nil)
        let (loaded, served) = try watched.perform { try cells(in: session, $0) }
        session.interrupts.stop()
        if let (model, port) = served.last, !passesOverServe {
            var settings = ServerSettings()
            settings.port = port
            settings.portChoice = "in the serve statement or pass it over with --no-serve"
            try await ModelServing(
                workspace: workspace.value, models: [ModelSelector(model)], features: loaded.features(in: session), settings: settings
            ).run()
        }
    }

    private func plan(_ loaded: LoadedNotebook, in session: Session) throws {
        var planner = RunPlanner(context: session.context, options: options)
        let report = RunReport(loaded.checked, json: json)
        let steps = try FaultText.reporting(loaded) { try planner.plan(loaded) }
        for step in steps { report.show(step) }
        report.finish(steps)
        session.interrupts.stop()
    }

    private var options: NotebookRunner.Options {
        var options = NotebookRunner.Options()
        options.fullRefresh = fullRefresh
        options.only = only
        options.until = until
        return options
    }

    /// What was asked for besides parameters, as it was written.
    private var choices: [String] {
        (fullRefresh ? ["--full-refresh"] : []) + (only.map { ["--only", $0] } ?? []) + (until.map { ["--until", $0] } ?? [])
    }

    /// Runs the cells and returns the notebook with what of it is to be served.
    private func cells(in session: Session, _ watched: WatchedRun) throws -> (LoadedNotebook, served: [(model: String, port: Int)]) {
        let loaded = try session.load(notebook, overrides: parameters.values())
        try watched.begin(loaded, overrides: parameters.values())
        let report = RunReport(loaded.checked, json: json)
        var served: [(String, Int)] = []
        let progress = ProgressLine(session.context.progress, verbosity.value, events: json ? RunEvents() : nil)
        defer { progress.stop() }
        let runner = NotebookRunner(context: session.context, options: options) { event in
            switch event {
            case .cellStarted(let cell): report.begin(cell, session.context.progress)
            case .table(let cell, let outcome): report.show(cell, outcome)
            case .model(let cell, let outcome): report.show(cell, outcome)
            case .rows(let cell, let rows):
                try progress.pausing { try json ? RunEvents().rows(cell, rows.stream) : rows.print() }
            case .chart(let cell, let chart, let file):
                progress.pausing { if json { RunEvents().chart(cell, chart, file: file) } else { ChartText().print(chart, file: file) } }
            case .serve(let model, let port): served.append((model, port))
            }
            try watched.note(event)
        }
        try FaultText.reporting(loaded) { try watched.noting(faultsOf: loaded) { try runner.run(loaded) } }
        progress.stop()
        report.finish()
        return (loaded, served)
    }
}
