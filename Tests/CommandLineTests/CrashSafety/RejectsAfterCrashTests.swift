import ChildPrograms
import Foundation
import Testing

/// A run is killed between its two commits, and what it was to take in is not there any more when the next one comes.
@Suite struct RejectsAfterCrashTests {
    private let undisturbed: Undisturbed
    private static let killed = ["TICKBOOK_FAILPOINT": "rejects.afterCommit"]

    init() throws { undisturbed = try Undisturbed.shared.get() }

    @Test func rejectsOfAFileThatWentAgainGoWithIt() throws {
        let line = try undisturbed.workspace(before: .newFile)
        #expect(try line.run(environment: Self.killed).code == SIGKILL)
        try FileManager.default.removeItem(atPath: line.path + "/data/inbox/c.csv")
        #expect(try line.run().code == 0)
        #expect(try Contents.read(line) == undisturbed.old[.newFile])
    }

    @Test func rejectsOfAFileThatCameBackComeBack() throws {
        let line = try undisturbed.workspace(before: .withdrawnFile)
        #expect(try line.run(environment: Self.killed).code == SIGKILL)
        let other = try undisturbed.workspace(before: .newFile)
        try FileManager.default.copyItem(atPath: other.path + "/data/inbox/b.csv", toPath: line.path + "/data/inbox/b.csv")
        #expect(try line.run().code == 0)
        #expect(try Contents.read(line) == undisturbed.old[.withdrawnFile])
    }

    @Test func runThatFindsItsWorkDoneLeavesNoFiles() throws {
        let line = try undisturbed.workspace(before: .firstRun)
        let runs = try (0..<2).map { _ in try CommandLine.start(CommandLine.program, ["run", "notebook.md"], in: line.path) }
        for run in runs { run.waitUntilExit() }
        let stored = try FileManager.default.subpathsOfDirectory(atPath: line.path + "/data").filter { $0.hasSuffix(".parquet") }
        for table in ["raw.prices", "t.daily", "t.features"] {
            let folder = table.replacing(".", with: "/")
            let log = try String(contentsOfFile: line.path + "/data/\(folder)/_delta_log/00000000000000000000.json", encoding: .utf8)
            let added = log.components(separatedBy: "{\"add\":").count - 1
            #expect(stored.count { $0.hasPrefix(folder + "/") } == added, "\(table) has files that no version names")
        }
    }
}
