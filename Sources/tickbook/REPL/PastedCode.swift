import Language
import Runtime

extension TypedEntry {
    /// Of what was pasted from a notebook with its fences, the code; empty lines in the place of the rest keep the numbers of lines.
    var withoutFences: TypedEntry {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let first = lines.first(where: { !$0.isBlank }), MarkdownFence(opening: first)?.isCell == true else { return self }
        var open: MarkdownFence?
        for index in lines.indices {
            if let fence = open, !fence.isClosed(by: lines[index]) { continue }
            open = open == nil ? MarkdownFence(opening: lines[index]).flatMap { $0.isCell ? $0 : nil } : nil
            lines[index] = ""
        }
        return TypedEntry(lines.joined(separator: "\n"), place: place, firstLine: firstLine)
    }
}
