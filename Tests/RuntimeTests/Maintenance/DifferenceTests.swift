import Columnar
import DeltaTable
import Testing

@testable import Runtime

/// Rows that came, went and changed between versions.
@Suite struct DifferenceTests {
    private let maintained: MaintainedWorkspace

    init() throws { maintained = try MaintainedWorkspace() }

    private func difference(_ name: String, _ older: Int, _ newer: Int?) throws -> (rows: [String], counts: DifferenceStream.Counts) {
        let stream = try TableDifference(context: maintained.context, name: name, older: older, newer: newer).rows()
        let rows = try stream.collect().flatMap { batch in
            (0..<batch.count).map { row in batch.columns.map { $0[row].description }.joined(separator: "|") }
        }
        return (rows, stream.counts)
    }

    @Test func addedAndChangedRowsAreTold() throws {
        let (rows, counts) = try difference("t.features", 0, 1)
        #expect(counts == DifferenceStream.Counts(added: 2, removed: 0, changed: 1))
        #expect(rows.contains("changed|A|2020-01-03|close|2.0|3.0"))
        #expect(rows.contains { $0.hasPrefix("added|A|2020-01-06|null|null|") && $0.contains("close=5.0") })
    }

    @Test func backwardsAddedRowsAreRemoved() throws {
        #expect(try difference("t.features", 1, 0).counts == DifferenceStream.Counts(added: 0, removed: 2, changed: 1))
    }

    @Test func aVersionDoesNotDifferFromItself() throws { #expect(try difference("t.features", 1, 1).rows.isEmpty) }

    @Test func rearrangedFilesAreNoDifference() throws {
        let older = try maintained.snapshot("raw.stocks").version
        try maintained.optimize("raw.stocks")
        #expect(try difference("raw.stocks", older, nil).counts == DifferenceStream.Counts())
    }

    @Test func severalRowsOfOneKeyAreToldApart() throws {
        #expect(try difference("raw.stocks", 0, 1).counts == DifferenceStream.Counts(added: 3, removed: 0, changed: 0))
    }

    @Test func tableWithoutKeyHasNoChangedRows() throws {
        let workspace = maintained.workspace
        let cells = { (factor: Int) in
            "\(pricesCell)\n```tick b\ntable t.plain = raw.stocks | select(symbol, close) | derive(scaled = close * \(factor))\n```\n"
        }
        try workspace.run(cells(1))
        try workspace.run(cells(2))
        #expect(try difference("t.plain", 0, 1).counts == DifferenceStream.Counts(added: 8, removed: 8, changed: 0))
    }
}
