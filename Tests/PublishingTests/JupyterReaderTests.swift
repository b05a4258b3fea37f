import ChildPrograms
import Foundation
import Testing

@testable import Publishing

/// What Jupyter's own library, nbformat, makes of our files.
@Suite struct JupyterReaderTests {
    private struct Answer: Decodable {
        let read: [NotebookJSON]
        let saved: [String]
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    private func ask(_ texts: [String]) throws -> Answer {
        let repository = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
        let python = ProcessInfo.processInfo.environment["TICKBOOK_PYTHON"] ?? repository.appending(path: ".deps/venv/bin/python").path
        let script = Self.folder.appending(path: "Python/read_notebooks.py").path
        let ended = try ChildProgram.run(python, [script], input: JSONEncoder().encode(texts))
        try #require(ended.code == 0, "\(ended.errors)")
        return try JSONDecoder().decode(Answer.self, from: Data(ended.output.utf8))
    }

    @Test func jupyterReadsWhatWeWriteAndWouldSaveTheSame() throws {
        let sample = try String(
            contentsOf: Self.folder.appending(path: "../../notebooks/stock_direction.md"), encoding: .utf8)
        var texts = [sample]
        for seed in 1000..<1100 {
            var random = RandomNotebook(seed: UInt64(seed))
            texts.append(random.text())
        }
        let notebooks = try texts.map { try JupyterExport.jupyter(path: "a.md", text: $0) }
        let answer = try ask(notebooks.map(\.fileText))
        for (notebook, read) in zip(notebooks, answer.read) {
            let expected = notebook.cells.map { cell in
                NotebookJSON.array([.string(cell.kind.rawValue), .string(cell.source), cell.metadata["name"] ?? .null])
            }
            #expect(read == .array(expected))
        }
        for (notebook, saved) in zip(notebooks, answer.saved) { #expect(saved == notebook.fileText) }
    }
}
