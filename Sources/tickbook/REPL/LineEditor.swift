import CReadline
import Foundation
import Language

/// Reads what is typed at a prompt, with history, completion and lines that go on; GNU readline does the editing.
///
/// There is one per process, for a terminal, and it is used by one thread. `signals` may be used by any.
final class LineEditor {
    enum Outcome: Equatable {
        /// One input, of several lines where it was typed or pasted so.
        case line(String)
        /// Ctrl-C: what was typed is abandoned.
        case interrupt
        /// Ctrl-D on an empty line, or no terminal any more.
        case endOfInput
    }

    struct Prompt {
        let first: String
        /// Before every further line of an input that goes on.
        let continuation: String
    }

    /// What other threads want of the editor.
    let signals = EditorSignals()
    private let history: HistoryFile?
    private let isIncomplete: (String) -> Bool
    private let complete: (String, Int) -> Completion?
    private var prompt = Prompt(first: "", continuation: "")
    /// The lines of the input before the one being edited.
    private var earlierLines = ""
    /// How many lines of the screen they take; nil where other things stand between.
    private var earlierRows: Int? = 0
    private var outcome: Outcome?
    /// History's last entry; a repetition is none.
    private var lastRemembered: String?
    /// Whether readline holds the terminal.
    private var isEditing = false
    /// Whether the candidates of the last Tab were listed.
    private var isListed = false

    /// `complete` gets the whole input and the cursor's byte in it. Nil where the terminal can't be used.
    init?(history: HistoryFile?, isIncomplete: @escaping (String) -> Bool, complete: @escaping (String, Int) -> Completion?) {
        self.history = history
        self.isIncomplete = isIncomplete
        self.complete = complete
        let output = isatty(STDOUT_FILENO) == 1 ? STDOUT_FILENO : STDERR_FILENO
        guard tickbook_editor_open(STDIN_FILENO, output, events) else { return nil }
        tickbook_history_limit(Int32(HistoryFile.limit))
        let entries = history?.entries() ?? []
        for entry in entries { tickbook_history_add(entry) }
        lastRemembered = entries.last
    }

    private var events: tickbook_editor_events {
        tickbook_editor_events(
            context: Unmanaged.passUnretained(self).toOpaque(),
            taken: { context, text in LineEditor.of(context).take(text.map { String(cString: $0) }) },
            interrupted: { context in LineEditor.of(context).outcome = .interrupt },
            completing: { context, text, cursor, again in
                LineEditor.of(context).complete(String(cString: text!), Int(cursor), again)
            },
            above: { context, text in LineEditor.of(context).takeBack(String(cString: text!)) })
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> LineEditor {
        Unmanaged<LineEditor>.fromOpaque(context!).takeUnretainedValue()
    }

    // MARK: Reading

    /// Waits for an input. Notes of other threads are printed above the prompt meanwhile.
    func readLine(_ prompt: Prompt, drawn: () -> Void) -> Outcome {
        self.prompt = prompt
        (earlierLines, earlierRows) = ("", 0)
        outcome = nil
        signals.forgetInterrupt()
        printNotes()
        begin(prompt.first)
        drawn()
        while outcome == nil { waitForEvent() }
        if isEditing {
            tickbook_editor_leave()
            tickbook_editor_abandon()
        }
        if case .line(let text)? = outcome { remember(text) }
        return outcome!
    }

    private func begin(_ prompt: String) {
        tickbook_editor_begin(Self.marked(prompt))
        isEditing = true
    }

    private func waitForEvent() {
        var waited = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: tickbook_editor_wake_descriptor(), events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&waited, 2, -1) > 0 else { return }
        if waited[1].revents != 0 { seeToSignals() }
        if outcome == nil, waited[0].revents != 0 { tickbook_editor_read() }
    }

    private func seeToSignals() {
        if tickbook_editor_woken() { earlierRows = nil }
        if signals.hasNotes {
            earlierRows = nil
            tickbook_editor_hide()
            printNotes()
            tickbook_editor_show()
        }
        outcome = signals.takeOutcome() ?? outcome
    }

    private func printNotes() {
        for note in signals.takeNotes() { Terminal.note(note) }
    }

    /// Return was pressed, or input ended; readline has gone on to the next line of the screen.
    private func take(_ line: String?) {
        isEditing = false
        guard let line else {
            outcome = earlierLines.isEmpty ? .endOfInput : .interrupt
            return
        }
        let whole = earlierLines.isEmpty ? line : earlierLines + "\n" + line
        let ended = line.allSatisfy(\.isWhitespace) || !isIncomplete(whole)
        guard !ended else {
            outcome = .line(Self.withoutBlankEnd(whole))
            return
        }
        noteRows(of: line, behind: earlierLines.isEmpty ? prompt.first : prompt.continuation)
        earlierLines = Self.withoutBlankEnd(whole)
        begin(prompt.continuation)
    }

    private func remember(_ text: String) {
        guard !text.isEmpty, text != lastRemembered else { return }
        lastRemembered = text
        tickbook_history_add(text)
        history?.append(text)
    }

    /// Up on a line that goes on: the lines before it can be edited again.
    private func takeBack(_ line: String) -> Bool {
        guard !earlierLines.isEmpty else { return false }
        tickbook_editor_hide()
        tickbook_editor_erase_above(Int32(earlierRows ?? 0))
        tickbook_editor_set(Self.marked(prompt.first), earlierLines + "\n" + line)
        (earlierLines, earlierRows) = ("", 0)
        tickbook_editor_show()
        return true
    }

    /// What has scrolled away can't be taken back.
    private func noteRows(of line: String, behind prompt: String) {
        guard let before = earlierRows else { return }
        let width = max(1, Int(tickbook_editor_width()))
        let lines = (Self.plain(prompt) + line).split(separator: "\n", omittingEmptySubsequences: false)
        let rows = before + lines.reduce(0) { $0 + max(1, (TerminalWidth.of(String($1)) + width - 1) / width) }
        earlierRows = rows < Int(tickbook_editor_height()) ? rows : nil
    }

    // MARK: Completion

    private func complete(_ line: String, _ cursor: Int, _ again: Bool) {
        let before = earlierLines.isEmpty ? "" : earlierLines + "\n"
        guard let completion = complete(before + line, before.utf8.count + cursor), !completion.candidates.isEmpty else {
            return tickbook_editor_bell()
        }
        let start = completion.range.start - before.utf8.count
        if let insertion = completion.insertion {
            tickbook_editor_replace(Int32(start), Int32(cursor), insertion)
        }
        isListed = isListed && again
        guard completion.candidates.count > 1, completion.insertion == nil else { return }
        isListed ? tickbook_editor_bell() : show(completion.candidates)
        isListed = true
    }

    private func show(_ candidates: [Completion.Candidate]) {
        tickbook_editor_leave()
        let list = CandidateList(candidates, width: Int(tickbook_editor_width()), height: Int(tickbook_editor_height()))
        Terminal.write(Array(list.text.utf8))
        tickbook_editor_show()
    }

    // MARK: Text

    /// Colours take no room on the screen, which readline must be told.
    private static func marked(_ prompt: String) -> String {
        prompt.replacing(/\u{1B}\[[0-9;]*m/) { "\u{1}\($0.output)\u{2}" }
    }

    private static func plain(_ prompt: String) -> String { prompt.replacing(/\u{1B}\[[0-9;]*m/, with: "") }

    private static func withoutBlankEnd(_ text: String) -> String {
        var text = text
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
