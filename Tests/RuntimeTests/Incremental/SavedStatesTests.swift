import Columnar
import DeltaTable
import Foundation
import Testing

@testable import Runtime

/// Tables with recursive columns go on from states that were saved with their rows.
@Suite struct SavedStatesTests {
    private let workspace: TestWorkspace

    init() throws {
        workspace = try TestWorkspace()
        try workspace.write("a.csv", prices(["A", "B", "C"].flatMap { symbol in (1...20).map { (symbol, Self.day($0), Double($0)) } }))
        try workspace.run(Self.cells)
    }

    private static func day(_ number: Int) -> String { "2020-01-\(number < 10 ? "0" : "")\(number)" }

    private static let cells =
        pricesCell + """

            ```tick features
            table t.daily = raw.stocks | latest() | partition(symbol)
            table t.averages = t.daily | derive(slow = ema(close, 3)) | partition(symbol)
            ```
            """

    @Test func appendedDayReadsNoEarlierRow() throws {
        try workspace.write("b.csv", prices([("B", Self.day(21), 5)]))
        let outcome = try #require(try workspace.run(Self.cells).tables["t.averages"])
        #expect(outcome.work.extent == .changes(entities: 1, rows: 1))
        #expect(outcome.work.entitiesResumed == 1)
        #expect(try workspace.snapshot("t.averages")?.lastCommit.record?.rowsIn == 1)
        #expect(outcome.work.filesReplaced == 0)
    }

    @Test func correctionMakesLaterRowsAgain() throws {
        try workspace.write("b.csv", prices([("B", Self.day(15), 5)]))
        let outcome = try #require(try workspace.run(Self.cells).tables["t.averages"])
        #expect(outcome.work.extent == .changes(entities: 1, rows: 6))
        #expect(outcome.work.entitiesResumed == 0)
    }

    @Test func correctionOfYesterdayFindsTheStateBefore() throws {
        try workspace.write("b.csv", prices([("B", Self.day(21), 5)]))
        try workspace.run(Self.cells)
        try workspace.write("c.csv", prices([("B", Self.day(21), 6)]))
        let outcome = try #require(try workspace.run(Self.cells).tables["t.averages"])
        #expect(outcome.work.extent == .changes(entities: 1, rows: 1))
        #expect(outcome.work.entitiesResumed == 1)
    }

    @Test(arguments: [nil, 0, 30] as [Int?])
    func missingOrDamagedStatesCostTimeOnly(damagedByte: Int?) throws {
        let path = try #require(try workspace.snapshot("t.averages")?.lastCommit.record?.savedStates)
        let file = URL(fileURLWithPath: workspace.path + "/data/t/averages/" + path)
        if let damagedByte {
            var content = try Data(contentsOf: file)
            content[damagedByte] ^= 1
            try content.write(to: file)
        } else {
            try FileManager.default.removeItem(at: file)
        }
        try workspace.write("b.csv", prices([("B", Self.day(21), 5)]))
        let outcome = try #require(try workspace.run(Self.cells).tables["t.averages"])
        #expect(outcome.work.extent == .changes(entities: 1, rows: 1))
        #expect(outcome.work.entitiesResumed == 0)
        let bits = try workspace.bits(of: "t.averages")
        try workspace.run(Self.cells, fullRefresh: true)
        #expect(try workspace.bits(of: "t.averages") == bits)
    }

    @Test func statesSurviveOptimizeAndGoWithRestore() throws {
        let table = workspace.workspace.tables.table("t.averages")
        let first = try #require(try table.snapshot()?.lastCommit.record?.savedStates)
        try workspace.write("b.csv", prices([("B", Self.day(21), 5)]))
        try workspace.run(Self.cells)
        let second = try #require(try table.snapshot()?.lastCommit.record?.savedStates)
        #expect(first != second)
        _ = try table.restore(to: 0)
        #expect(try table.snapshot()?.lastCommit.record?.savedStates == first)
    }

    @Test func vacuumDeletesStatesOfOlderVersions() throws {
        try workspace.write("b.csv", prices([("B", Self.day(21), 5)]))
        try workspace.run(Self.cells)
        let table = workspace.workspace.tables.table("t.averages")
        let kept = try #require(try table.snapshot()?.lastCommit.record?.savedStates)
        _ = try table.vacuum(retentionHours: 0, force: true)
        let left = try FileManager.default.contentsOfDirectory(atPath: table.root + "/" + DeltaTable.statesFolder)
        #expect(left.map { DeltaTable.statesFolder + "/" + $0 } == [kept])
    }

    @Test func everyKindOfEntityIsReadBack() throws {
        let entities: [[Value]] = [
            [.null], [.string("ä/\""), .int(-1)], [.double(-0.0)], [.bool(true)], [.date(-5)], [.timestamp(.max)], [],
        ]
        let point = SavedStates.Point(time: -7, steps: [[[1, 2], []], []])
        let states = SavedStates(points: Dictionary(uniqueKeysWithValues: entities.map { ($0, [point, point]) }))
        let content = SavedStatesFile.encoded(states)
        #expect(SavedStatesFile.decoded(content) == states)
        for length in 0..<content.count { #expect(SavedStatesFile.decoded(Array(content.prefix(length))) == nil) }
    }
}
