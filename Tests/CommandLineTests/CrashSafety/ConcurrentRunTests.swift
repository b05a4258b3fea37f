import ChildPrograms
import Foundation
import Testing

/// Two runs of one workspace at once: both end well, and it comes to what one run comes to.
@Suite(.serialized) struct ConcurrentRunTests {
    private let undisturbed: Undisturbed

    init() throws { undisturbed = try Undisturbed.shared.get() }

    private func runTwice(_ line: CommandLine, _ arguments: String...) throws {
        let runs = try (0..<2).map { _ in
            try CommandLine.start(CommandLine.program, ["run", "notebook.md", "--overlap", "allow"] + arguments, in: line.path)
        }
        for run in runs {
            let ended = try run.ended()
            #expect(ended.code == 0, "\(ended.errors)")
        }
    }

    @Test(arguments: Moment.allCases, 0..<4)
    func twoRunsAtOnceDoTheWorkOfOne(moment: Moment, round: Int) throws {
        let line = try undisturbed.workspace(before: moment)
        try runTwice(line)
        try undisturbed.expectDone(line, at: moment)
    }

    @Test(arguments: 0..<2)
    func twoFullRefreshesAtOnceLoseNothing(round: Int) throws {
        let line = try undisturbed.workspace(before: .newFile)
        #expect(try line.run().code == 0)
        try runTwice(line, "--full-refresh")
        let (found, expected) = (try Contents.read(line), undisturbed.new[.newFile]!)
        #expect(found.tables == expected.tables)
        for table in Moment.tables {
            let versions = try line.versions(of: table)
            #expect(versions == Array(0..<versions.count), "\(table) has a gap in its versions")
        }
    }

    @Test(arguments: 0..<2)
    func twoEqualFitsAtOnceMakeOneVersion(round: Int) throws {
        let line = try undisturbed.workspace(before: .firstRun)
        #expect(try line.tickbook("run", "notebook.md", "--until", "features").code == 0)
        try runTwice(line)
        #expect(try line.modelVersions() == [1])
        #expect(try Set(line.entries(of: "models/direction/v1")) == ["metadata.json", "model.json", "SHA256SUMS"])
        #expect(try Contents.read(line).model == undisturbed.new[.firstRun]!.model)
    }
}
