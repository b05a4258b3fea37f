import Columnar
import DuckDBEngine
import Engine
import Foundation
import Language
import Planner
import Testing

/// Every assert of `Cases/asserts.md`: its tree, the meaning of its conditions, the SQL, and the rows that break them.
@Suite struct AssertCorpusTests {
    @Test func everyAssertIsAsRecorded() throws {
        let file = try CaseFile("asserts")
        let blocks = try file.sections.map { try stages($0.code) }
        if CaseFile.isRecording { return try file.record(blocks) }
        for (section, found) in zip(file.sections, blocks) {
            for block in found { #expect(section.recorded(block.name) == block.content, "\(section.heading): \(block.name)") }
        }
    }

    @Test func assertsAreNoPartOfTheTablesDefinition() throws {
        for section in try CaseFile("asserts").sections {
            let table = section.code.split(separator: "\n").filter { !$0.hasPrefix("assert") && !$0.hasPrefix("param") }
            let alone = CheckedCase(table.joined(separator: "\n")).pipelines.first
            #expect(alone?.definition == CheckedCase(section.code).pipelines.first?.definition, "\(section.heading)")
        }
    }

    @Test func formattedAssertsMeanTheSame() throws {
        for section in try CaseFile("asserts").sections where !section.code.contains("%%") {
            let formatted = try #require(Formatter.format(code: section.code + "\n"))
            #expect(definitions(CheckedCase(formatted)) == definitions(CheckedCase(section.code)), "\(section.heading)")
        }
    }

    private func definitions(_ checked: CheckedCase) -> String {
        checked.notebook.asserts(on: "daily").flatMap(\.conditions).map(\.definition).joined(separator: "\n")
    }

    private func stages(_ code: String) throws -> [(name: String, content: String)] {
        let checked = CheckedCase(code)
        #expect(checked.diagnostics.isEmpty, "\(checked.rendered)")
        let rows = try PlanRunner().rows(PipelinePlanner.plan(try #require(checked.pipelines.first)))
        let conditions = checked.notebook.asserts(on: "daily").flatMap(\.conditions)
        let queries = conditions.compactMap { query($0, of: rows.schema) }
        let statements = queries.map { SQLWriter(dialect: DuckDBDialect()).statement($0, over: "rows") }
        let counts = try statements.map { "\(try count($0, of: rows))" }
        return [
            ("tree", checked.tree.description), ("definition", definitions(checked)), ("sql", statements.joined(separator: "\n\n")),
            ("broken", counts.joined(separator: "\n")),
        ]
    }

    private func query(_ condition: AssertCondition, of schema: Schema) -> AuditQuery? {
        switch condition.kind {
        case .row(let expression): .tally([expression], of: schema)
        case .unique(let columns): .repeated(columns, of: schema)
        case .rowCount: nil
        }
    }

    private func count(_ sql: String, of rows: RecordBatch) throws -> Value {
        let library = try DuckDBLibrary.open(searchFolders: [CaseFile.repository.path])
        let engine = try DuckDBEngine(library: library, settings: .init(threads: 1))
        return try engine.query(sql, inputs: ["rows": InMemoryStream(schema: rows.schema, batches: [rows])]).collect()[0].columns[0][0]
    }
}
