import ChildPrograms
import Foundation
import Testing

/// The process is killed at every step of a commit, and runs again.
@Suite struct FailpointTests {
    private static let variable = "TICKBOOK_FAILPOINT"
    /// The program itself says which there are.
    private static let points: [String] = {
        let said = try? CommandLine.run(CommandLine.program, ["--help"], environment: [variable: "list"]).errors
        let names = said?.firstRange(of: "expected one of ").map { said![$0.upperBound...].prefix { $0 != ";" } } ?? ""
        return names.split(separator: ", ").map(String.init)
    }()
    private let undisturbed: Undisturbed

    init() throws { undisturbed = try Undisturbed.shared.get() }

    /// What is published first, second and last is hit: the rejected rows, their table, the table of features.
    private func passage(of point: String, at moment: Moment) -> Int {
        guard point.hasPrefix("data.") || point.hasPrefix("commit.") else { return 1 }
        return switch moment {
        case .firstRun: 1
        case .newFile: 2
        // Rows that are only taken away need no file.
        case .withdrawnFile: point.hasPrefix("data.") ? 3 : 4
        }
    }

    private func kill(_ line: CommandLine, at point: String, _ passage: Int) throws {
        let killed = try line.run(environment: [Self.variable: "\(point):\(passage)"])
        #expect(killed.code == SIGKILL, "not killed: \(killed.output)\(killed.errors)")
    }

    @Test func unknownNameIsAnErrorThatListsTheNames() throws {
        let ended = try CommandLine.run(CommandLine.program, ["--help"], environment: [Self.variable: "commit.nope"])
        #expect(ended.code == 2)
        #expect(ended.errors.hasPrefix("error: TICKBOOK_FAILPOINT is 'commit.nope'; expected one of data.beforeFile, "))
        #expect(Self.points.count >= 13)
    }

    @Test(arguments: points, Moment.allCases)
    func killedRunIsFinishedByTheNext(point: String, moment: Moment) throws {
        let line = try undisturbed.workspace(before: moment)
        try kill(line, at: point, passage(of: point, at: moment))
        try undisturbed.expectWholeVersions(line, at: moment)
        try undisturbed.expectGoesOn(line, at: moment)
    }

    @Test(arguments: ["commit.beforeTemporaryFile", "commit.afterTemporaryFile", "commit.afterTemporarySync"])
    func tableWhoseFirstCommitWasKilledIsNotListed(point: String) throws {
        let line = try undisturbed.workspace(before: .firstRun)
        try kill(line, at: point, 1)
        let list = try line.tickbook("table", "list")
        #expect(list.code == 0)
        #expect(list.output.isEmpty, "\(list.output)")
    }

    @Test func emptyTableOfRejectsIsMadeAfterACrash() throws {
        let line = try undisturbed.workspace(before: .firstRun)
        try line.notebook(Moment.notebook.replacing("volume >= 0", with: "volume >= -1"))
        try kill(line, at: "commit.beforeTemporaryFile", 1)
        #expect(try line.run().code == 0)
        let rejects = try line.tickbook("query", "raw.prices__rejects", "--format", "csv")
        #expect(rejects.output == "file,line,text,rule\n", "\(rejects.errors)")
    }

    @Test(arguments: ["data.afterSync", "commit.afterLink"])
    func otherReaderSeesWhatOursSees(point: String) throws {
        let line = try undisturbed.workspace(before: .newFile)
        try kill(line, at: point, 2)
        let ours = try line.tickbook("query", "raw.prices | select(symbol, date, close)", "--format", "csv")
        let script = """
            import sys
            from deltalake import DeltaTable
            for row in DeltaTable(sys.argv[1]).to_pyarrow_table().to_pylist():
                print(row["symbol"], row["date"], repr(row["close"]), sep=",")
            """
        let theirs = try CommandLine.run(python, ["-c", script, line.path + "/data/raw/prices"])
        #expect(theirs.code == 0, "\(theirs.errors)")
        #expect(theirs.lines.sorted() == ours.lines.dropFirst().sorted())
    }

    private var python: String {
        ProcessInfo.processInfo.environment["TICKBOOK_PYTHON"] ?? repositoryFolder + "/.deps/venv/bin/python"
    }
}
