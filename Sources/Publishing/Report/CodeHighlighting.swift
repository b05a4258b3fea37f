import Language

/// A cell's code as HTML, its tokens marked by what they are; the words are the code's own, to the last blank.
package enum CodeHighlighting {
    package static func html(_ code: String) -> String {
        let bytes = Array(code.utf8)
        let tokens = Lexer.tokens(in: code, code: SourceSpan(0, bytes.count)).tokens
        var html = ""
        var position = 0
        for (index, token) in tokens.enumerated() where token.span.end > position {
            let span = max(position, token.span.start)..<token.span.end
            html += text(bytes, position..<span.lowerBound)
            let content = text(bytes, span)
            let kind = kind(of: token, followedBy: tokens.dropFirst(index + 1).first, behind: index > 0 ? tokens[index - 1] : nil)
            html += kind.map { "<span class=\"\($0)\">\(content)</span>" } ?? content
            position = span.upperBound
        }
        return html + text(bytes, position..<bytes.count)
    }

    private static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self).htmlEscaped
    }

    /// The class of the style sheet; nil for what stands plain.
    private static func kind(of token: Token, followedBy next: Token?, behind previous: Token?) -> String? {
        switch token.kind {
        case .keyword: "k"
        case .int, .double: "n"
        case .string: "s"
        case .quotedName: "q"
        case .comment: "c"
        case .invalid: "e"
        case .symbol(.pipe): "p"
        case .name where next?.kind == .symbol(.openParenthesis): previous?.kind == .symbol(.pipe) ? "v" : "f"
        default: nil
        }
    }
}
