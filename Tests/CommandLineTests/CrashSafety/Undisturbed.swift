import ChildPrograms
import Foundation
import Testing

/// A workspace that nothing disturbed, kept as it was before and after every run: what a disturbed one has to come to.
struct Undisturbed {
    nonisolated(unsafe) static let shared = Result { try Undisturbed() }

    private var before: [Moment: CommandLine] = [:]
    /// What a reader finds before the run of a moment, and after it.
    private(set) var old: [Moment: Contents] = [:]
    private(set) var new: [Moment: Contents] = [:]
    /// How many versions a table has after the run.
    private(set) var versionCounts: [Moment: [Int]] = [:]
    private(set) var seconds: [Moment: Double] = [:]

    private init() throws {
        let line = try CommandLine()
        for moment in Moment.allCases {
            try moment.changeInbox(of: line)
            before[moment] = try Self.copy(of: line)
            old[moment] = try Contents.read(line)
            let start = ContinuousClock.now
            let ended = try line.run()
            seconds[moment] = (ContinuousClock.now - start) / .seconds(1)
            try #require(ended.code == 0, "\(ended.errors)")
            new[moment] = try Contents.read(line)
            versionCounts[moment] = try Moment.tables.map { try line.versions(of: $0).count }
        }
    }

    /// A workspace of its own that waits for the run of this moment.
    func workspace(before moment: Moment) throws -> CommandLine { try Self.copy(of: before[moment]!) }

    static func copy(of line: CommandLine, to other: CommandLine? = nil) throws -> CommandLine {
        let copy = try other ?? CommandLine()
        // With their times: by those a file is known again.
        let ended = try CommandLine.run("/bin/cp", ["--archive", line.path + "/.", copy.path])
        try #require(ended.code == 0, "\(ended.errors)")
        return copy
    }

    /// What one table or the model holds is from before the run or from after it, whole; and nothing is newer than what it was made from.
    func expectWholeVersions(_ line: CommandLine, at moment: Moment) throws {
        let (found, old, new) = (try Contents.read(line), old[moment]!, new[moment]!)
        var isNew: [Bool] = []
        for (index, table) in Moment.tables.enumerated() {
            let rows = found.tables[index]
            #expect(rows == old.tables[index] || rows == new.tables[index], "\(table) is neither as before nor as after the run")
            isNew.append(rows == new.tables[index])
        }
        #expect(found.model == old.model || found.model == new.model, "the model is neither as before nor as after the run")
        isNew.append(found.model == new.model)
        #expect(!zip(isNew, isNew.dropFirst()).contains { !$0 && $1 }, "newer than what it was made from: \(isNew)")
    }

    /// The next run comes to what an undisturbed one comes to, and leaves nothing to do.
    func expectGoesOn(_ line: CommandLine, at moment: Moment) throws {
        let next = try line.run()
        #expect(next.code == 0, "\(next.errors)")
        try expectDone(line, at: moment)
    }

    func expectDone(_ line: CommandLine, at moment: Moment) throws {
        let (found, new) = (try Contents.read(line), new[moment]!)
        for (index, table) in Moment.tables.enumerated() {
            #expect(found.tables[index] == new.tables[index], "\(table) has other rows than in an undisturbed workspace")
        }
        #expect(found.model == new.model, "the model is another one than in an undisturbed workspace")
        try expectVersions(line, at: moment)
        #expect(try Set(line.entries(of: "data")) == ["inbox", "raw", "t", "_runs"])
        // Without a library the engine could not be opened: nothing needs it.
        let last = try line.run(environment: ["TICKBOOK_DUCKDB": "/nonexistent"])
        #expect(last.lines.last?.hasPrefix("Nothing to do") == true, "\(last.output)\(last.errors)")
    }

    /// A run that was disturbed may publish the rejected rows twice; every other table gets one version, once.
    private func expectVersions(_ line: CommandLine, at moment: Moment) throws {
        for (table, count) in zip(Moment.tables, versionCounts[moment]!) {
            let versions = try line.versions(of: table)
            #expect(versions == Array(0..<versions.count), "\(table) has a gap in its versions")
            #expect(table.hasSuffix("__rejects") || versions.count == count, "\(table) has versions \(versions), not \(count)")
        }
    }
}
