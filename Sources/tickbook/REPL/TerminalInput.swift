import Language
import Runtime

/// Statements typed at a terminal, in the line editor.
final class TerminalInput: ShellInput {
    let isScript = false
    private let editor: LineEditor
    /// Kept apart, since other threads use nothing else of the editor.
    private let signals: EditorSignals

    /// Nil where the terminal can't be used.
    init?(_ workspace: Workspace, complete: @escaping (String, Int) -> Completion?) {
        let history = HistoryFile(path: workspace.root + "/.tickbook/history")
        let isIncomplete = { (text: String) in !text.isCommand && Parser.isIncomplete(text) }
        guard let editor = LineEditor(history: history, isIncomplete: isIncomplete, complete: complete) else { return nil }
        self.editor = editor
        signals = editor.signals
    }

    func next(_ prompt: ShellPrompt, drawn: () -> Void) -> ShellEntry {
        switch editor.readLine(LineEditor.Prompt(first: prompt.first, continuation: prompt.continuation), drawn: drawn) {
        case .line(let text): .text(TypedEntry(text))
        case .interrupt: .interrupt
        case .endOfInput: .end
        }
    }

    func interrupt() { signals.interrupt() }
    func end() { signals.endInput() }
    func note(_ text: String) { signals.note(text) }
}
