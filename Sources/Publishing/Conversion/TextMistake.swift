import Language

/// The first thing in a text that makes more of it than prose, when it stands between cells.
struct TextMistake {
    let words: String?

    init(in text: String) {
        let lines = SourceLines(text)
        var number = 1
        while number <= lines.count {
            let line = lines.text(ofLine: number)
            let end: Int?
            let what: String
            if let fence = MarkdownFence(opening: line) {
                guard !fence.isCell, fence.misspeltCellMark == nil else {
                    words = "line \(number) of its text, \(line), begins a cell; give that block another mark than tick"
                    return
                }
                end = Self.first(lines, after: number) { fence.isClosed(by: $0) }
                what = "a block"
            } else if MarkdownFence.isComment(opening: line) {
                end = line.contains("-->") ? number : Self.first(lines, after: number) { $0.contains("-->") }
                what = "an HTML comment"
            } else {
                number += 1
                continue
            }
            guard let end else {
                words = "line \(number) of its text, \(line), opens \(what) that is never closed; close it"
                return
            }
            number = end + 1
        }
        words = nil
    }

    private static func first(_ lines: SourceLines, after number: Int, where holds: (String) -> Bool) -> Int? {
        guard number < lines.count else { return nil }
        return (number + 1...lines.count).first { holds(lines.text(ofLine: $0)) }
    }
}
