/// A Markdown file whose fenced blocks marked `tick` are cells.
package struct Notebook: Sendable {
    /// The path as given, for messages.
    package let path: String
    package let text: String
    package let title: String?
    package let cells: [NotebookCell]
    /// The lines of the front matter, without the last one's line ending; empty where there is none.
    package let frontMatter: SourceSpan

    package init(
        path: String, text: String, title: String?, cells: [NotebookCell], frontMatter: SourceSpan = SourceSpan(0, 0)
    ) {
        self.path = path
        self.text = text
        self.title = title
        self.cells = cells
        self.frontMatter = frontMatter
    }
}

/// One fenced block: its name is the word after `tick`, or `cell-N` when there is none.
package struct NotebookCell: Sendable {
    package let name: String
    /// The code between the fences, as offsets into the notebook's text.
    package let code: SourceSpan
    /// The opening fence's line.
    package let fence: SourceSpan

    package init(name: String, code: SourceSpan, fence: SourceSpan) {
        self.name = name
        self.code = code
        self.fence = fence
    }
}
