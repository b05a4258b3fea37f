import Foundation
import Language
import Runtime

/// Statements from standard input that is no terminal.
///
/// A statement ends where the language ends it, so the line behind it must be known: one that begins with `|` or an operator goes on with
/// it. An empty line ends it as well, and so does the end of input. A command is a line of its own.
final class ScriptInput: ShellInput {
    let isScript = true
    private let lines: StandardInputLines
    private var waiting: String?
    private var lineNumber = 0

    init() throws { lines = try StandardInputLines() }

    func next(_ prompt: ShellPrompt, drawn: () -> Void) -> ShellEntry {
        var text = ""
        var first = 0
        while true {
            guard let line = take() else { return ending(text, first) }
            if text.isEmpty {
                if line.isBlank { continue }
                text = line
                first = lineNumber
                if line.isCommand { return .text(entry(text, first)) }
                if let fence = MarkdownFence(opening: line), fence.isCell { return cell(in: fence, text, first) }
            } else if Parser.isIncomplete(text) || line.goesOn {
                text += "\n" + line
            } else {
                putBack(line)
                return .text(entry(text, first))
            }
        }
    }

    /// A cell as a notebook has it, up to its closing fence.
    private func cell(in fence: MarkdownFence, _ opening: String, _ first: Int) -> ShellEntry {
        var text = opening
        while let line = take() {
            text += "\n" + line
            if fence.isClosed(by: line) { return .text(entry(text, first)) }
        }
        return ending(text, first)
    }

    private func ending(_ text: String, _ first: Int) -> ShellEntry {
        switch lines.ended {
        case .interrupted: .interrupt
        case .told: .end
        case nil: text.isEmpty ? .end : .text(entry(text, first))
        }
    }

    private func entry(_ text: String, _ first: Int) -> TypedEntry { TypedEntry(text, place: "stdin", firstLine: first) }

    private func take() -> String? {
        guard let line = waiting ?? lines.next() else { return nil }
        waiting = nil
        lineNumber += 1
        return line
    }

    private func putBack(_ line: String) {
        waiting = line
        lineNumber -= 1
    }

    func interrupt() { lines.end(.interrupted) }
    func end() { lines.end(.told) }
    func note(_ text: String) { Terminal.note(text) }
}

extension String {
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
    var isCommand: Bool { first { !$0.isWhitespace } == ":" }

    /// Whether the line goes on with the statement before it.
    fileprivate var goesOn: Bool { Parser.continuesStatement(self) }
}
