import CMarkdown
import Foundation
package import Language

/// A notebook's prose as HTML, rendered as one document so that link definitions and footnotes hold across cells.
///
/// Raw HTML is left out, and so are links of dangerous kinds; pictures are those that `picture` gives the bytes of, as data.
package struct RenderedProse {
    package enum Piece: Hashable, Sendable {
        case html(String)
        /// The place of a cell, by its number in the notebook.
        case cell(Int)
    }

    package let pieces: [Piece]

    /// `picture` is asked for each picture's path and answers with a `data:` address, or nil where it is not to be shown.
    package init(_ notebook: Notebook, picture: (String) -> String?) {
        let word = Self.word(notIn: notebook.text)
        let html = MarkdownRenderer.html(Self.markdown(notebook, word), picture: picture)
        pieces = Self.cut(html, word)
    }

    /// The prose with an empty fenced block of a kind of its own in each cell's place.
    private static func markdown(_ notebook: Notebook, _ word: String) -> String {
        let bytes = Array(notebook.text.utf8)
        let lines = SourceLines(notebook.text)
        var markdown = ""
        var position = notebook.frontMatter.end
        for (index, cell) in notebook.cells.enumerated() {
            let fence = lines.text(cell.fence)
            markdown += String(decoding: bytes[position..<cell.fence.start], as: UTF8.self)
            markdown += fence.prefix { $0 == " " } + "```\(word)-\(index)-\n" + fence.prefix { $0 == " " } + "```"
            position = lines.span(ofLine: lines.line(of: cell.code.end)).end
        }
        return markdown + String(decoding: bytes[position...], as: UTF8.self)
    }

    private static func word(notIn text: String) -> String {
        var word = "tickbookcell"
        while text.contains(word) { word += "x" }
        return word
    }

    private static func cut(_ html: String, _ word: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = html[...]
        let opening = "<pre><code class=\"language-\(word)-"
        while let start = rest.range(of: opening), let end = rest.range(of: "</code></pre>", range: start.upperBound..<rest.endIndex) {
            let before = rest[..<start.lowerBound]
            if before.contains(where: { !$0.isWhitespace }) { pieces.append(.html(String(before))) }
            if let number = Int(rest[start.upperBound...].prefix { $0.isNumber }) { pieces.append(.cell(number)) }
            rest = rest[end.upperBound...]
        }
        if rest.contains(where: { !$0.isWhitespace }) { pieces.append(.html(String(rest))) }
        return pieces
    }
}

/// GitHub's Markdown as HTML, by cmark-gfm.
enum MarkdownRenderer {
    private static let extensions = ["table", "strikethrough", "autolink", "tasklist"]
    private static let options = Int32(TICKBOOK_CMARK_VALIDATE_UTF8 | TICKBOOK_CMARK_FOOTNOTES)
    private static let registered: Void = cmark_gfm_core_extensions_ensure_registered()

    static func html(_ markdown: String, picture: (String) -> String?) -> String {
        _ = registered
        let parser = cmark_parser_new(options)
        defer { cmark_parser_free(parser) }
        for name in extensions { cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name)) }
        var markdown = markdown
        markdown.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        let root = cmark_parser_finish(parser)
        defer { cmark_node_free(root) }
        embedPictures(root, picture)
        guard let rendered = cmark_render_html(root, options, cmark_parser_get_syntax_extensions(parser)) else { return "" }
        defer { free(rendered) }
        return String(cString: rendered).replacing(missingPicture) { "<span class=\"missing\">\($0.1)</span>" }
    }

    /// A picture without an address, as cmark writes it; prose cannot write it, since its own HTML is left out.
    private static var missingPicture: Regex<(Substring, Substring)> { /<img src="" alt="([^"]*)"(?: title="[^"]*")? \/>/ }

    private static func embedPictures(_ root: OpaquePointer?, _ picture: (String) -> String?) {
        let iterator = cmark_iter_new(root)
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            if event == Int32(TICKBOOK_CMARK_EVENT_DONE) { return }
            let node = cmark_iter_get_node(iterator)
            guard event == Int32(TICKBOOK_CMARK_EVENT_EXIT), String(cString: cmark_node_get_type_string(node)) == "image" else { continue }
            let address = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
            _ = cmark_node_set_url(node, picture(address) ?? "")
        }
    }
}
