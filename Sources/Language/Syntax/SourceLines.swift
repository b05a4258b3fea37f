/// Where the lines of a text begin, to turn offsets into lines and columns; lines end with LF, CR LF or CR.
package struct SourceLines: Sendable {
    /// Both count from 1; the column counts characters as a reader sees them.
    package struct Position: Sendable, Hashable, CustomStringConvertible {
        package let line: Int
        package let column: Int

        package var description: String { "\(line):\(column)" }
    }

    private let bytes: [UInt8]
    private let starts: [Int]

    package init(_ text: String) {
        bytes = Array(text.utf8)
        var starts = [0]
        for index in bytes.indices where SourceLines.endsLine(bytes, index) { starts.append(index + 1) }
        self.starts = starts
    }

    private static func endsLine(_ bytes: [UInt8], _ index: Int) -> Bool {
        if bytes[index] == UInt8(ascii: "\r") { return index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n") }
        return bytes[index] == UInt8(ascii: "\n")
    }

    package var count: Int { starts.count }

    /// The number of the line, from 1, that holds the offset; a line's end belongs to the line.
    package func line(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    package func position(of offset: Int) -> Position {
        let line = line(of: offset)
        return Position(line: line, column: text(starts[line - 1], offset).count + 1)
    }

    /// The line's offsets without its line ending.
    package func span(ofLine line: Int) -> SourceSpan {
        let start = starts[line - 1]
        var end = line < starts.count ? starts[line] : bytes.count
        while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return SourceSpan(start, end)
    }

    package func text(ofLine line: Int) -> String { text(span(ofLine: line)) }

    package func text(_ span: SourceSpan) -> String { text(span.start, span.end) }

    private func text(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes[min(start, bytes.count)..<min(max(start, end), bytes.count)], as: UTF8.self)
    }
}
