import Runtime

/// Where a session's statements come from: a terminal or a script.
protocol ShellInput: AnyObject {
    /// Nobody types: no prompts, and the first fault ends the session.
    var isScript: Bool { get }

    /// The next statement, block or command.
    ///
    /// `drawn` is called once the prompt can be seen.
    func next(_ prompt: ShellPrompt, drawn: () -> Void) -> ShellEntry

    /// From another thread: gives up waiting for input, as an interrupt does or as its end does.
    func interrupt()
    func end()
    /// From another thread: shows a line above what is being typed.
    func note(_ text: String)
}

struct ShellPrompt: Equatable {
    let first: String
    let continuation: String
}

enum ShellEntry: Equatable {
    case text(TypedEntry)
    case interrupt
    case end
}

/// The input as other threads use it, which only ends waiting.
struct SharedInput: @unchecked Sendable {
    private let input: any ShellInput

    init(_ input: any ShellInput) { self.input = input }

    func interrupt() { input.interrupt() }
    func end() { input.end() }
    func note(_ text: String) { input.note(text) }
}
