import Columnar
import Foundation
import Language
import Testing

@Suite struct SampleNotebookTests {
    @Test func theSampleNotebookChecks() throws {
        let text = try String(contentsOf: CaseFile.repository.appendingPathComponent("notebooks/stock_direction.md"), encoding: .utf8)
        let checked = CheckedCase(notebook: text, catalog: InMemoryCatalog(files: ["data/inbox/*.csv": Self.prices]))
        #expect(checked.rendered == "")
        #expect(checked.notebook.statements.count == 5)
    }

    @Test func itsTargetLooksOneRowAhead() throws {
        let text = try String(contentsOf: CaseFile.repository.appendingPathComponent("notebooks/stock_direction.md"), encoding: .utf8)
        let catalog = InMemoryCatalog(files: ["data/inbox/*.csv": Self.prices])
        for (overrides, rows) in [([:], 1), (["horizon": "5"], 5)] {
            let checked = CheckedCase(notebook: text, catalog: catalog, overrides: overrides)
            for case .model(_, let model) in checked.notebook.statements.map(\.kind) { #expect(model.targetLookAhead == rows) }
        }
    }

    @Test(arguments: ["notebooks", "Benchmarks"]) func everyNotebookIsInTheCanonicalLayout(folder: String) throws {
        let folder = CaseFile.repository.appendingPathComponent(folder)
        let notebooks = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "md" }
        #expect(!notebooks.isEmpty)
        for url in notebooks {
            let text = try String(contentsOf: url, encoding: .utf8)
            let (notebook, _) = Notebook.parse(path: url.path, text: text)
            #expect(Formatter.format(notebook) == text, "\(url.lastPathComponent)")
        }
    }

    private static let prices = Schema([
        Field("Ticker", .string), Field("Date", .date), Field("Open", .double), Field("High", .double), Field("Low", .double),
        Field("Close", .double), Field("Volume", .int), Field("Adj Close", .double),
    ])
}
