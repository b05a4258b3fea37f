import Foundation

/// A comment above a cell of a Markdown notebook that came from Jupyter: what Markdown has no place for, as JSON on one line.
struct CellMarker: Hashable {
    private static let opening = "<!-- ipynb "
    private static let closing = " -->"

    let kind: JupyterNotebook.Cell.Kind
    var id: String?
    var metadata: [String: NotebookJSON] = [:]

    init(kind: JupyterNotebook.Cell.Kind) { self.kind = kind }

    /// Nil where the line is none.
    init?(line: String) {
        guard line.hasPrefix(Self.opening), line.hasSuffix(Self.closing) else { return nil }
        let text = line.dropFirst(Self.opening.count).dropLast(Self.closing.count)
        guard let json = try? JSONDecoder().decode(NotebookJSON.self, from: Data(text.utf8)),
            let kind = json["cell_type"]?.string.flatMap(JupyterNotebook.Cell.Kind.init)
        else { return nil }
        self.kind = kind
        id = json["id"]?.string
        metadata = json["metadata"]?.members ?? [:]
    }

    /// A `>` within is escaped, so that nothing ends the comment early.
    var line: String {
        var members: [String: NotebookJSON] = ["cell_type": .string(kind.rawValue)]
        if let id { members["id"] = .string(id) }
        if !metadata.isEmpty { members["metadata"] = .object(metadata) }
        return Self.opening + NotebookJSON.object(members).lineText.replacing(">", with: "\\u003e") + Self.closing
    }

    /// Whether there is something to note, beside the kind.
    var saysSomething: Bool { id != nil || !metadata.isEmpty || kind == .raw }
}
