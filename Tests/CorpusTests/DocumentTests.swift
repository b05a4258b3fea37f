import Columnar
import Foundation
import Indicators
import Language
import Testing

/// The documents' code checks, and the tables of `docs/language.md` are what the functions say of themselves.
@Suite struct DocumentTests {
    @Test(arguments: ["docs/language.md", "README.md", "ARCHITECTURE.md"]) func everyCellChecks(document: String) throws {
        for cell in try cells(of: document) {
            let checked = CheckedCase(cell, catalog: Self.catalog)
            #expect(checked.diagnostics.isEmpty, "\(checked.rendered)")
        }
    }

    @Test func theReferenceShowsTheLookAheadErrorAsItIs() throws {
        let code = """
            model up =
              curated.stocks.daily_prices
              | derive(ma_up = sma(next(close, 1), 3))
              | target(up = next(close, 1) > close)
              | features(ma_up)
              | fit(logistic())
            """
        let rendered = CheckedCase(code, catalog: Self.catalog).rendered
        #expect(try text("docs/language.md").contains(rendered), "\(rendered)")
    }

    @Test func theReferencesTablesAreUpToDate() throws {
        let url = CaseFile.repository.appendingPathComponent("docs/language.md")
        let found = try text("docs/language.md")
        let expected = Self.tables.reduce(found) { $0.replacingBlock(named: $1.name, with: $1.content) }
        if CaseFile.isRecording { return try expected.write(to: url.resolvingSymlinksInPath(), atomically: true, encoding: .utf8) }
        #expect(found == expected, "run the tests with TICKBOOK_RECORD=1 to write them anew")
    }

    @Test func theReferenceHasAPlaceForEveryTable() throws {
        let text = try text("docs/language.md")
        for table in Self.tables { #expect(text.contains("<!-- \(table.name) -->")) }
    }

    private func text(_ document: String) throws -> String {
        try String(contentsOf: CaseFile.repository.appendingPathComponent(document), encoding: .utf8)
    }

    private func cells(of document: String) throws -> [String] {
        var cells: [String] = []
        var cell: [Substring]?
        for line in try text(document).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```tick") {
                cell = []
            } else if line == "```", let lines = cell {
                cells.append(lines.joined(separator: "\n"))
                cell = nil
            } else {
                cell?.append(line)
            }
        }
        return cells
    }

    private static var catalog: InMemoryCatalog {
        var catalog = Fixtures.catalog
        let prices = catalog.tables["prices"]!
        catalog.tables["curated.stocks.daily_prices"] = prices
        var indicators = prices
        for name in ["daily_return", "ma_7", "ma_14", "ma_30", "volatility_14"] {
            indicators.columns.append(ColumnShape(name: name, type: .double))
        }
        catalog.tables["curated.stocks.indicators"] = indicators
        catalog.modelNames = ["stock_direction"]
        return catalog
    }

    // MARK: Tables

    private static let tables: [(name: String, content: String)] = [
        ("verbs", table(["verb", "what it does"], Verb.all.map { ["`\($0.form)`", $0.documentation] })),
        ("charts", table(["verb", "what it draws"], ChartVerb.all.map { ["`\($0.form)`", $0.documentation] })),
        ("operators", table(["operator", "meaning"], scalars(callable: false))),
        ("scalar functions", table(["function", "result", "takes"], scalars(callable: true))),
        (
            "series functions",
            table(["function", "what it gives"], BuiltinIndicators.all.map { ["`\($0.function.form)`", $0.function.documentation] })
        ),
        (
            "aggregate functions",
            table(["function", "what it gives"], AggregateFunction.allCases.map { ["`\($0.rawValue)(x)`", $0.documentation] })
        ),
    ]

    private static func scalars(callable: Bool) -> [[String]] {
        ScalarFunction.allCases.filter { $0.isCallable == callable }.map { function in
            let signature = function.signature
            return ["`\(signature.form)`", signature.documentation] + (callable ? [signature.accepts] : [])
        }
    }

    private static func table(_ heading: [String], _ rows: [[String]]) -> String {
        let lines = rows.map { row in
            "| " + row.map { $0.replacing("|", with: "\\|").replacing("\n", with: "<br>") }.joined(separator: " | ") + " |"
        }
        return (["| " + heading.joined(separator: " | ") + " |", "|" + heading.map { _ in "---|" }.joined()] + lines).joined(
            separator: "\n")
    }
}

extension String {
    /// The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced.
    fileprivate func replacingBlock(named name: String, with content: String) -> String {
        guard let start = range(of: "<!-- \(name) -->\n"), let end = range(of: "<!-- /\(name) -->", range: start.upperBound..<endIndex)
        else { return self }
        return self[..<start.upperBound] + content + "\n" + self[end.lowerBound...]
    }
}
