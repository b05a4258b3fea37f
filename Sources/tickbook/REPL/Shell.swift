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
    private(set) var signals: SessionSignals!
    private let input: any ShellInput
    private let printer: SessionPrinter
    private var watch: FileWatch?
    private var isLeaving = false
    /// Whether the analyst was told that edits would be lost.
    private var wasWarned = false

    init(workspace: Workspace, notebook: String?, input: any ShellInput, verbosity: Verbosity = .normal) throws {
        self.workspace = workspace
        self.input = input
        provider = Wiring.engine(for: workspace)
        let context = RunContext(workspace: workspace, provider: provider, notebook: notebook ?? "") { Terminal.note($0) }
        let servers = ServerProcesses(workspace: workspace, provider: provider)
        // A script's output is for programs; what was asked for is said.
        let printer = SessionPrinter(context, input.isScript && verbosity == .normal ? .quiet : verbosity)
        self.servers = servers
        self.printer = printer
        session = AnalystSession(context: context, functions: Wiring.functions, words: FaultText.words) { event in
            try printer.show(event)
        }
        printer.serve = { [unowned self] in try self.servers.start($0, port: $1, for: self.session) }
        if let notebook { try FaultText.reporting { try session.open(notebook) } }
    }

    var isScript: Bool { input.isScript }

    /// Runs until input ends or someone ends the session; returns the code to exit with.
    func run() -> Int32 {
        let input = SharedInput(input)
        signals = SessionSignals(cancelling: provider, interrupt: { input.interrupt() }, end: { input.end() })
        let warmUp = isScript ? nil : WarmUp(provider)
        // Between two statements of a script there is no time to tell anything.
        watch = isScript ? nil : FileWatch { path in input.note("\((path as NSString).lastPathComponent) changed; Return takes it over") }
        if !isScript { greet() }
        var code: Int32 = 0
        while !isLeaving, signals.ending == nil, !(isScript && code != 0) {
            code = step() ?? code
        }
        servers.stopAll()
        warmUp?.wait()
        session.context.removeTemporaryFolders()
        if let ending = signals.ending { return 128 + ending }
        return isScript ? code : 0
    }

    /// One input, done; the code of what went wrong.
    private func step() -> Int32? {
        if let code = attempt(noticeFile) { return code }
        switch nextEntry() {
        case .text(let entry): return attempt { try evaluate(entry) }
        case .interrupt: return isScript ? FaultText.interrupted.rawValue : nil
        case .end:
            leave()
            return nil
        }
    }

    private func nextEntry() -> ShellEntry {
        watch?.begin(session.state.notebook.path)
        defer { watch?.end() }
        return input.next(prompt)
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
        if !entry.text.isCommand {
            wasWarned = false
            return try session.enter(entry.withoutFences)
        }
        // A pasted block may begin with commands.
        let lines = entry.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let commands = lines.prefix { $0.isCommand || $0.isBlank }
        for command in commands where !command.isBlank { try ColonCommand.run(command, in: self) }
        let rest = lines.dropFirst(commands.count).joined(separator: "\n")
        guard !rest.isBlank else { return }
        try evaluate(TypedEntry(rest, place: entry.place, firstLine: entry.firstLine + commands.count))
    }

    // MARK: The notebook's file

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

/// The input as other threads use it, which only ends waiting.
private struct SharedInput: @unchecked Sendable {
    private let input: any ShellInput

    init(_ input: any ShellInput) { self.input = input }

    func interrupt() { input.interrupt() }
    func end() { input.end() }
    func note(_ text: String) { input.note(text) }
}

/// The engine, opened behind the first prompt.
private final class WarmUp: Sendable {
    private let done = DispatchSemaphore(value: 0)

    init(_ provider: EngineProvider) {
        let done = done
        // What is wrong with the engine is said when it is needed.
        Thread.detachNewThread {
            _ = try? provider.get()
            done.signal()
        }
    }

    /// The process must not end while a library is being opened.
    func wait() { _ = done.wait(timeout: .now() + 10) }
}

extension TypedEntry {
    /// Of what was pasted from a notebook with its fences, the code; empty lines in the place of the rest keep the numbers of lines.
    var withoutFences: TypedEntry {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let first = lines.first(where: { !$0.isBlank }), MarkdownFence(opening: first)?.isCell == true else { return self }
        var open: MarkdownFence?
        for index in lines.indices {
            if let fence = open, !fence.isClosed(by: lines[index]) { continue }
            open = open == nil ? MarkdownFence(opening: lines[index]).flatMap { $0.isCell ? $0 : nil } : nil
            lines[index] = ""
        }
        return TypedEntry(lines.joined(separator: "\n"), place: place, firstLine: firstLine)
    }
}
