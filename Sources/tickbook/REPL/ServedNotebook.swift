import Foundation
import Runtime

/// The notebook that a session's server takes features from: the analyst's file, or the session's own text where that is another.
struct ServedNotebook {
    /// How `serve` is told.
    let arguments: [String]
    /// A file that holds the session's text.
    let ownFile: String?

    init(_ session: AnalystSession, _ files: SessionFiles) throws {
        let state = session.state
        guard try session.check().notebookMistakes.isEmpty else {
            Terminal.note("note: the notebook has mistakes, so the server answers for features that a request brings along alone")
            (arguments, ownFile) = ([], nil)
            return
        }
        let text = state.wholeText
        ownFile = text == state.notebook.onDisk || text.isEmpty ? nil : files.path("served.md")
        if let ownFile { try Data(text.utf8).write(to: URL(fileURLWithPath: ownFile)) }
        guard let path = ownFile ?? state.notebook.path else {
            arguments = []
            return
        }
        arguments =
            ["--notebook", path] + state.parameterTexts.sorted { $0.key < $1.key }.flatMap { ["-p", "\($0.key)=\($0.value)"] }
    }
}
