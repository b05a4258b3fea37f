import ChildPrograms
import Foundation
import Testing

/// The workspace's disk fills up in the middle of a run.
@Suite(.serialized, .enabled(if: SmallDisk.isPermitted, SmallDisk.reason)) struct FullDiskTests {
    private let undisturbed: Undisturbed
    private let line: CommandLine
    private let disk: SmallDisk

    init() throws {
        undisturbed = try Undisturbed.shared.get()
        line = try CommandLine()
        disk = try SmallDisk(over: line.path, mebibytes: 12)
        _ = try Undisturbed.copy(of: undisturbed.workspace(before: .newFile), to: line)
    }

    /// From no room at all to just enough: the run may fail at any step, and then says why.
    @Test(arguments: [0, 8, 16, 20, 36, 64, 88, 96, 100, 104])
    func runGoesOnWhenThereIsRoomAgain(kibibytes: Int) throws {
        try disk.fill(leaving: kibibytes)
        let ended = try line.run()
        if ended.code != 0 { expectFullDisk(ended) }
        try undisturbed.expectWholeVersions(line, at: .newFile)
        try disk.free()
        try undisturbed.expectGoesOn(line, at: .newFile)
    }

    @Test func statementThatDoesNotFitSaysHowFarItCame() throws {
        try writeLargeFile()
        try disk.fill(leaving: 600)
        let ended = try line.run()
        expectFullDisk(ended)
        let said = try #require(
            ended.errors.firstMatch(of: /more is needed than the (\d+) KiB .* had come to (\d+) KiB/), "\(ended.errors)")
        let (free, written) = (try #require(Int(said.1)), try #require(Int(said.2)))
        #expect(free <= 600 && written > 0, "\(ended.errors)")
    }

    @Test func filesOfAStatementThatDoesNotFitAreGone() throws {
        try writeLargeFile()
        let before = try dataFiles()
        try disk.fill(leaving: 300)
        #expect(try line.run().code == 1)
        let after = try dataFiles()
        #expect(after == before, "\(after.symmetricDifference(before).sorted())")
    }

    private func expectFullDisk(_ ended: Ended, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(ended.code == 1, sourceLocation: sourceLocation)
        let words = ["The disk of '\(line.path)' is full: more is needed than the ", "No space left on the disk of \(line.path)"]
        #expect(words.contains(where: ended.errors.contains), "\(ended.errors)", sourceLocation: sourceLocation)
        #expect(ended.errors.lowercased().contains("free space"), "\(ended.errors)", sourceLocation: sourceLocation)
    }

    private func writeLargeFile() throws {
        try line.write("data/inbox/large.csv", Moment.prices(symbols: (0..<40).map { "S\($0)" }, days: [0..<1_600], factor: 0.77))
    }

    /// All but the inbox and the records of runs, which a failed run adds to.
    private func dataFiles() throws -> Set<String> {
        let found = try FileManager.default.subpathsOfDirectory(atPath: line.path + "/data")
        return Set(found.filter { !$0.hasPrefix("inbox") && !$0.hasPrefix("_runs") })
    }
}
