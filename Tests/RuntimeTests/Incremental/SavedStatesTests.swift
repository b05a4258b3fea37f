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

    @Test func onlyTheNewestStatesAreKept() throws {
        try workspace.write("b.csv", prices([("B", Self.day(21), 5)]))
        try workspace.run(Self.cells)
        #expect(try stateFiles() == [try savedStates()])
    }

    @Test func runAfterRestoreComesToTheSameRows() throws {
        try workspace.write("b.csv", prices([("B", Self.day(21), 5)]))
        try workspace.run(Self.cells)
        let bits = try workspace.bits(of: "t.averages")
        _ = try table.restore(to: 0)
        let outcome = try #require(try workspace.run(Self.cells).tables["t.averages"])
        #expect(outcome.work.extent == .changes(entities: 1, rows: 1))
        #expect(try workspace.bits(of: "t.averages") == bits)
    }

    @Test func vacuumDeletesStatesThatNoVersionUses() throws {
        try Data([1]).write(to: URL(fileURLWithPath: table.root + "/" + DeltaTable.statesFolder + "/left.states"))
        _ = try table.vacuum(retentionHours: 0, force: true)
        #expect(try stateFiles() == [try savedStates()])
    }

    @Test func statesThatCannotBeWrittenDoNotEndTheRun() throws {
        let folder = table.root + "/" + DeltaTable.statesFolder
        try FileManager.default.removeItem(atPath: folder)
        try Data().write(to: URL(fileURLWithPath: folder))
        try workspace.write("b.csv", prices([("B", Self.day(21), 5)]))
        #expect(try workspace.run(Self.cells).tables["t.averages"]?.work.extent == .changes(entities: 1, rows: 1))
        #expect(try table.snapshot()?.lastCommit.record?.savedStates == nil)
        _ = try table.vacuum(retentionHours: 0, force: true)
    }

    @Test func statesLargerThanTheRowsAreNotKept() {
        let point = SavedStates.Point(time: 0, steps: [[[UInt8](repeating: 0, count: 2 << 20)]])
        var states = SavedStates(points: [[.int(1)]: [point, point]])
        states.shrink(beside: 8 << 20)
        #expect(states.points[[.int(1)]]?.count == 2)
        states.shrink(beside: 3 << 20)
        #expect(states.points[[.int(1)]]?.count == 1)
        states.shrink(beside: 1 << 20)
        #expect(states.isEmpty)
    }

    private var table: DeltaTable { workspace.workspace.tables.table("t.averages") }

    private func savedStates() throws -> String { try #require(try table.snapshot()?.lastCommit.record?.savedStates) }

    private func stateFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: table.root + "/" + DeltaTable.statesFolder)
            .map { DeltaTable.statesFolder + "/" + $0 }
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
