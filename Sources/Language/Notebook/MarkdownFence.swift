/// The opening line of a fenced code block.
///
/// Source: CommonMark 0.31, section 4.5.
package struct MarkdownFence {
    let mark: Character
    let length: Int
    /// The words behind the marks.
    let words: [String]

    /// Nil when the line opens no fenced block: at most 3 spaces, at least 3 marks, no backtick behind backticks.
    package init?(opening line: String) {
        guard let content = MarkdownFence.content(of: line), let mark = content.first, mark == "`" || mark == "~" else { return nil }
        let length = content.prefix { $0 == mark }.count
        let information = content.dropFirst(length)
        guard length >= 3, mark == "~" || !information.contains("`") else { return nil }
        self.mark = mark
        self.length = length
        words = information.split { $0 == " " || $0 == "\t" }.map(String.init)
    }

    package var isCell: Bool { words.first == "tick" }
    package var cellName: String? { words.count > 1 ? words[1] : nil }

    /// A first word that is `tick` but for capitals or marks around it, such as `Tick` or `{tick}`, and makes no cell.
    package var misspeltCellMark: String? {
        guard let word = words.first, !isCell, word.filter(\.isLetter).lowercased() == "tick" else { return nil }
        return word
    }

    /// Whether the line closes this block: at least as many of the same marks and nothing else.
    package func isClosed(by line: String) -> Bool {
        guard let content = MarkdownFence.content(of: line) else { return false }
        let marks = content.prefix { $0 == mark }
        return marks.count >= length && content.dropFirst(marks.count).allSatisfy { $0 == " " || $0 == "\t" }
    }

    /// Whether an HTML comment begins on the line; what it holds is no Markdown.
    package static func isComment(opening line: String) -> Bool { content(of: line)?.hasPrefix("<!--") ?? false }

    /// The line without its indentation; nil when that makes it indented code.
    private static func content(of line: String) -> Substring? {
        let content = line.drop { $0 == " " }
        return line.count - content.count <= 3 ? content : nil
    }
}
