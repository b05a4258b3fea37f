import Columnar
import DuckDBEngine
import Engine
import Foundation
import Indicators
import Language
import Planner

/// Runs plans over the fixtures, a stage at a time, and keeps the SQL of each relation.
final class PlanRunner {
    private let engine: DuckDBEngine
    private(set) var statements: [String] = []

    init(threads: Int = 1) throws {
        let library = try DuckDBLibrary.open(searchFolders: [CaseFile.repository.path])
        engine = try DuckDBEngine(library: library, settings: .init(threads: threads))
    }

    func rows(_ plan: PipelinePlan, tables: [String: RecordBatch] = Fixtures.rows) throws -> RecordBatch {
        var rows = try source(plan.source, tables)
        for stage in plan.stages { rows = try apply(stage, to: rows, tables) }
        return rows
    }

    private func source(_ source: PlanSource, _ tables: [String: RecordBatch]) throws -> RecordBatch {
        switch source {
        case .table(let scan): select(scan.columns, of: tables[scan.table]!)
        case .files(let files, let columns): select(columns, of: tables[files.glob]!)
        }
    }

    private func apply(_ stage: PlanStage, to rows: RecordBatch, _ tables: [String: RecordBatch]) throws -> RecordBatch {
        switch stage {
        case .relation(let relation):
            var inputs: [String: any RecordBatchStream] = ["rows": InMemoryStream(schema: rows.schema, batches: [rows])]
            for (name, plan) in relation.sides {
                let side = try PlanRunner().rows(plan, tables: tables)
                inputs[name] = InMemoryStream(schema: side.schema, batches: [side])
            }
            let sides = Dictionary(uniqueKeysWithValues: relation.sides.keys.map { ($0, $0) })
            let sql = SQLWriter(dialect: DuckDBDialect()).statement(relation, input: "rows", sides: sides)
            statements.append(sql)
            return try query(sql, inputs)
        case .sort(let key):
            let columns = rows.schema.names.map(DuckDBDialect().identifier).joined(separator: ", ")
            let order = key.columns.map(DuckDBDialect().identifier).joined(separator: ", ")
            let numbered = "SELECT *, row_number() OVER () AS __position FROM rows"
            return try query(
                "SELECT \(columns) FROM (\(numbered)) ORDER BY \(order), __position",
                ["rows": InMemoryStream(schema: rows.schema, batches: [rows])])
        case .latest(let key):
            let names = key.columns
            let values = { (row: Int) in names.map { rows.column($0)![row] } }
            return keep((0..<rows.count).filter { $0 + 1 == rows.count || values($0) != values($0 + 1) }, of: rows)
        case .series(let step, let time):
            let stage = try SeriesStage(input: InMemoryStream(schema: rows.schema, batches: [rows]), step: step, time: time)
            return joined(try stage.collect(), stage.schema)
        case .project(let projections):
            let chosen = select(projections.map(\.from), of: rows)
            return RecordBatch(
                schema: Schema(zip(projections, chosen.schema.fields).map { Field($0.name, $1.type) }), columns: chosen.columns,
                count: rows.count)
        case .require(let step):
            let rule = rows.column(step.ruleColumn)!
            let passed = keep((0..<rows.count).filter { step.onFailure != .reject || rule[$0] == .int(0) }, of: rows)
            return select(rows.schema.names.filter { $0 != step.ruleColumn }, of: passed)
        }
    }

    private func query(_ sql: String, _ inputs: [String: any RecordBatchStream]) throws -> RecordBatch {
        let stream = try engine.query(sql, inputs: inputs)
        return joined(try stream.collect(), stream.schema)
    }

    private func select(_ names: [String], of rows: RecordBatch) -> RecordBatch {
        let indices = names.map { rows.schema.index(of: $0)! }
        return RecordBatch(
            schema: Schema(indices.map { rows.schema.fields[$0] }), columns: indices.map { rows.columns[$0] }, count: rows.count)
    }

    private func keep(_ kept: [Int], of rows: RecordBatch) -> RecordBatch {
        joined(kept.map { rows.slice($0..<$0 + 1) }, rows.schema)
    }

    private func joined(_ batches: [RecordBatch], _ schema: Schema) -> RecordBatch {
        let columns = schema.fields.enumerated().map { index, field in
            var builder = ColumnBuilder(type: field.type)
            for batch in batches { builder.append(batch.columns[index], 0..<batch.count) }
            return builder.finish()
        }
        return RecordBatch(schema: schema, columns: columns, count: batches.reduce(0) { $0 + $1.count })
    }
}

extension RecordBatch {
    /// A header, then a line per row.
    var text: String {
        let lines = (0..<count).map { row in columns.map { $0[row].description }.joined(separator: " | ") }
        return ([schema.names.joined(separator: " | ")] + lines).joined(separator: "\n")
    }
}
