import ArgumentParser
import Foundation
import Language
import Runtime

/// The read–evaluate–print loop around an analyst's session.
final class Shell {
    let workspace: Workspace
    let provider: EngineProvider
    let session: AnalystSession
    let servers: ServerProcesses
    let files: SessionFiles
    private(set) var signals: SessionSignals!
    private let input: any ShellInput
    private let printer: SessionPrinter
    private var watch: FileWatch?
    private let warmUp: WarmUp
    private var isLeaving = false
    /// Whether the analyst was told that edits would be lost.
    private var wasWarned = false

    init(workspace: Workspace, notebook: String?, input: any ShellInput, verbosity: Verbosity = .normal) throws {
        self.workspace = workspace
        self.input = input
        provider = Wiring.engine(for: workspace)
        warmUp = WarmUp(provider)
        let context = Wiring.context(for: workspace, provider, notebook: notebook ?? "")
        files = SessionFiles(workspace)
        files.removeLeftBehind()
        let servers = ServerProcesses(workspace: workspace, provider: provider, files: files)
        // A script's output is for programs; what was asked for is said.
        let printer = SessionPrinter(context, input.isScript && verbosity == .normal ? .quiet : verbosity)
        self.servers = servers
        self.printer = printer
        session = AnalystSession(context: context, functions: Wiring.functions, words: FaultText.words) { event in
            try printer.show(event)
        }
        printer.serve = { [unowned self] in try self.servers.start($0, port: $1, for: self.session) }
        session.servers = { servers.running.map { RunningServer(name: $0.model, port: $0.port) } }
        if let notebook { try FaultText.reporting { try session.open(notebook) } }
    }

    var isScript: Bool { input.isScript }

    /// Runs until input ends or someone ends the session; returns the code to exit with.
    func run() -> Int32 {
        let input = SharedInput(input)
        signals = SessionSignals(cancelling: provider, interrupt: { input.interrupt() }, end: { input.end() })
        // Between two statements of a script there is no time to tell anything.
        watch = isScript ? nil : FileWatch { input.note($0) }
        if !isScript { greet() }
        var code: Int32 = 0
        while !isLeaving, signals.ending == nil, !(isScript && code != 0) {
            code = step() ?? code
        }
        stopServers()
        session.context.removeTemporaryFolders()
        if let ending = signals.ending { return 128 + ending }
        return isScript ? code : 0
    }

    /// A session told to end by a signal leaves its servers the time they need; someone who waits for them may end that.
    private func stopServers() {
        guard signals.ending == nil else { return servers.stopAll { false } }
        signals.running { servers.stopAll { [provider] in provider.isCancelled } }
    }

    /// One input, done; the code of what went wrong.
    private func step() -> Int32? {
        if let code = attempt(noticeWorld) { return code }
        switch nextEntry() {
        case .text(let entry):
            return attempt {
                // What was typed is meant for the file as it is now.
                try noticeFile()
                try evaluate(entry)
            }
        case .interrupt: return isScript ? FaultText.interrupted.rawValue : nil
        case .end:
            leave()
            return nil
        }
    }

    private func nextEntry() -> ShellEntry {
        if let path = session.state.notebook.path { watch?.begin(path, saying: changeWords(path)) }
        defer { watch?.end() }
        return input.next(prompt) { [unowned self] in warmUp.begin() }
    }

    /// What is said of a change of the file while the prompt waits.
    private func changeWords(_ path: String) -> String {
        let name = (path as NSString).lastPathComponent
        return session.state.notebook.hasEdits
            ? "\(name) changed and conflicts with this session's unsaved changes; Return says what can be done"
            : "\(name) changed; Return takes it over"
    }

    private func attempt(_ body: () throws -> Void) -> Int32? {
        do {
            try signals.running { try printer.following(body) }
            return nil
        } catch {
            return printer.tell(error)
        }
    }

    // MARK: Evaluating

    private func evaluate(_ entry: TypedEntry) throws {
        printer.place = ""
        if !entry.text.isCommand {
            wasWarned = false
            return try session.enter(entry.withoutFences)
        }
        // A pasted block may begin with commands.
        let lines = entry.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let commands = lines.prefix { $0.isCommand || $0.isBlank }
        for (index, command) in commands.enumerated() where !command.isBlank {
            printer.place = isScript ? "\(entry.place):\(entry.firstLine + index): " : ""
            try ColonCommand.run(command, in: self)
        }
        let rest = lines.dropFirst(commands.count).joined(separator: "\n")
        guard !rest.isBlank else { return }
        try evaluate(TypedEntry(rest, place: entry.place, firstLine: entry.firstLine + commands.count))
    }

    // MARK: The notebook's file

    /// What changed while something else was done.
    private func noticeWorld() throws {
        for server in servers.takeEnded() { Terminal.note("note: the server of \(server.model) on \(server.address) ended by itself") }
        try noticeFile()
    }

    private func noticeFile() throws {
        guard let notice = try session.noticeFile() else { return }
        printer.show(notice)
    }

    func show(_ notice: AnalystSession.FileNotice) { printer.show(notice) }

    func show(_ consequence: AnalystSession.Consequence, of what: String) { printer.show(consequence, of: what) }

    // MARK: Coming and going

    private func greet() {
        let notebook = session.state.notebook
        if let path = notebook.path {
            let title = notebook.notebook.title.map { " · \($0)" } ?? ""
            let mistakes = notebook.mistakes.count + Parser.parse(notebook.notebook).1.count
            let next = mistakes == 0 ? ":next runs the first" : "\(counted(mistakes, "mistake")), :check shows more"
            Terminal.note("\(path)\(title) · \(counted(notebook.cellNames.count, "cell")); \(next), :help says what else there is")
        } else {
            Terminal.note("Tickbook \(TickbookVersion.current) in \(workspace.root); :help shows what there is, Ctrl-D leaves")
        }
    }

    /// Leaves, unless edits would be lost that nobody was warned of.
    func leave() {
        let state = session.state
        guard state.notebook.hasEdits, !wasWarned, !isScript, signals.ending == nil else {
            if isScript, state.notebook.hasEdits {
                Terminal.note("warning: \(SessionFault.unsavedEdits(cells: state.notebook.changedCells))")
            }
            isLeaving = true
            return
        }
        wasWarned = true
        Terminal.note("\(SessionFault.unsavedEdits(cells: state.notebook.changedCells)) Leave again to drop them.")
    }

    private var prompt: ShellPrompt {
        let state = session.state
        let name = state.notebook.path.map { (($0 as NSString).lastPathComponent as NSString).deletingPathExtension } ?? "tickbook"
        let place = state.position.map { ":\($0)" } ?? ""
        let edited = state.notebook.hasEdits ? "*" : ""
        return ShellPrompt(first: "\(name)\(place)\(edited)> ", continuation: "…> ")
    }
}
