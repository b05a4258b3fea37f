/// A comment and where it stood.
struct Comment {
    let text: String
    let start: Int
    /// Whether nothing but space stands before it on its line.
    let ownsLine: Bool
    let isIndented: Bool
    /// Whether the line before it is blank.
    let followsBlankLine: Bool
}

/// The comments of a cell in the order of the text; each is taken once, by the part of the code it belongs to.
struct CommentQueue {
    private var comments: ArraySlice<Comment>
    /// The offsets of tokens before which a blank line stands.
    private let blankLinesBefore: Set<Int>

    init(tokens: [Token], bytes: [UInt8]) {
        var comments: [Comment] = []
        var blankLinesBefore: Set<Int> = []
        var newlines = 1
        var lineStart = tokens.first?.span.start ?? 0
        for token in tokens {
            let start = token.span.start
            if token.kind == .newline {
                newlines += 1
                lineStart = token.span.end
                continue
            }
            if newlines > 1 { blankLinesBefore.insert(start) }
            if token.kind == .comment {
                let ownsLine = newlines > 0
                comments.append(
                    Comment(
                        text: CommentQueue.text(bytes[start..<token.span.end]), start: start, ownsLine: ownsLine,
                        isIndented: start > lineStart, followsBlankLine: newlines > 1))
            }
            newlines = 0
        }
        self.comments = comments[...]
        self.blankLinesBefore = blankLinesBefore
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        while let last = bytes.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    func hasBlankLine(before offset: Int) -> Bool { blankLinesBefore.contains(offset) }

    func hasComment(before offset: Int) -> Bool { comments.first.map { $0.start < offset } ?? false }

    /// Takes every comment that begins before the offset.
    mutating func take(before offset: Int) -> [Comment] {
        let taken = comments.prefix { $0.start < offset }
        comments = comments.dropFirst(taken.count)
        return Array(taken)
    }

    /// Takes the comment that stands on the line of what was just read, before the offset.
    mutating func takeTrailing(before offset: Int) -> Comment? {
        guard let first = comments.first, !first.ownsLine, first.start < offset else { return nil }
        return comments.popFirst()
    }
}
