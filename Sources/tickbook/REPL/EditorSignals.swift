import CReadline
import Synchronization

/// What other threads want of the line editor: notes above the prompt, an end of waiting. Kept while nobody reads.
final class EditorSignals: Sendable {
    private struct State {
        var notes: [String] = []
        var outcome: LineEditor.Outcome?
    }

    private let state = Mutex(State())

    /// Prints a line above the prompt; what is being typed stays.
    func note(_ text: String) {
        state.withLock { $0.notes.append(text) }
        tickbook_editor_wake()
    }

    /// As Ctrl-C at the prompt does, for an interrupt that comes as a signal.
    func interrupt() { end(.interrupt) }

    /// As Ctrl-D on an empty line does; what was typed is given up.
    func endInput() { end(.endOfInput) }

    private func end(_ outcome: LineEditor.Outcome) {
        state.withLock { $0.outcome = outcome }
        tickbook_editor_wake()
    }

    /// An interrupt that came while nobody read was meant for something else.
    func forgetInterrupt() {
        state.withLock { if $0.outcome == .interrupt { $0.outcome = nil } }
    }

    var hasNotes: Bool { state.withLock { !$0.notes.isEmpty } }

    func takeNotes() -> [String] {
        state.withLock { state in
            defer { state.notes = [] }
            return state.notes
        }
    }

    func takeOutcome() -> LineEditor.Outcome? {
        state.withLock { state in
            defer { state.outcome = nil }
            return state.outcome
        }
    }
}
