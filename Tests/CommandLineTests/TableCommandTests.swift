import ChildPrograms
import Foundation
import Testing

/// The commands that tend tables, as their user sees them.
@Suite struct TableCommandTests {
    private let line: CommandLine

    /// Two runs, each with a file of one row.
    init() throws {
        line = try CommandLine()
        try line.notebook("```tick ingest\ntable raw.prices = csv(\"data/inbox/*.csv\") | key(symbol, date)\n```\n")
        for (name, close) in [("a", 1.5), ("b", 2.5)] {
            try line.write("data/inbox/\(name).csv", "symbol,date,close\n\(name.uppercased()),2020-01-02,\(close)\n")
            #expect(try line.tickbook("run", "notebook.md").code == 0)
        }
    }

    @Test func optimizeSaysHowManyFilesBecameHowMany() throws {
        let ended = try line.tickbook("table", "optimize", "raw.prices")
        #expect(ended.output.hasPrefix("raw.prices: v2, 2 → 1 file, "))
    }

    @Test func diffEndsWithASummary() throws {
        let ended = try line.tickbook("table", "diff", "raw.prices", "v0", "v1")
        #expect(ended.lines.last == "v0 → v1: +1 −0 ~0 rows")
        #expect(ended.output.contains("close=2.5"))
    }

    @Test func diffAsCSVIsOnlyRows() throws {
        let ended = try line.tickbook("table", "diff", "raw.prices", "0", "--format", "csv")
        #expect(ended.output == "change,symbol,date,column,old,new\nadded,B,2020-01-02,,,close=2.5\n")
    }

    @Test func restoreNamesBothVersions() throws {
        let ended = try line.tickbook("table", "restore", "raw.prices", "0")
        #expect(ended.output == "raw.prices: v2 is v0 again: 0 files back, 1 taken away\n")
    }

    @Test func vacuumWithAShortRetentionSaysWhyNot() throws {
        let ended = try line.tickbook("table", "vacuum", "raw.prices", "--retain-hours", "1")
        #expect(ended.code == 1)
        #expect(ended.errors.contains("below the table's 168") && ended.errors.contains("--force"))
    }

    @Test func vacuumSaysWhatItDeleted() throws {
        #expect(try line.tickbook("table", "vacuum", "raw.prices").output == "raw.prices: deleted 0 files, 0 bytes (retention 168 h)\n")
    }

    @Test func verifyIsOneLinePerSoundTable() throws {
        let ended = try line.tickbook("table", "verify")
        #expect(ended.code == 0)
        #expect(ended.lines.count == 1)
        #expect(ended.output.hasSuffix(": sound\n"))
    }

    @Test func verifyEndsWithOneWhereAFileIsMissing() throws {
        let folder = line.path + "/data/raw/prices"
        let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".parquet") })
        try FileManager.default.removeItem(atPath: folder + "/" + file)
        let ended = try line.tickbook("table", "verify", "raw.prices")
        #expect(ended.code == 1)
        #expect(ended.lines.first == "raw.prices: \(file): is missing")
    }

    @Test(arguments: [
        ["optimize", "raw.price"], ["vacuum", "raw.price"], ["verify", "raw.price"], ["diff", "raw.price", "0"],
        ["restore", "raw.price", "0"],
    ])
    func unknownTableNamesTheNearest(arguments: [String]) throws {
        let ended = try CommandLine.run(CommandLine.program, ["table"] + arguments, in: line.path)
        #expect(ended.code == 1)
        #expect(ended.errors.contains("did you mean 'raw.prices'?"))
    }

    @Test(arguments: [["diff", "raw.prices", "7"], ["restore", "raw.prices", "7"]])
    func unknownVersionNamesThoseThereAre(arguments: [String]) throws {
        let ended = try CommandLine.run(CommandLine.program, ["table"] + arguments, in: line.path)
        #expect(ended.code == 1)
        #expect(ended.errors.contains("no version 7; it has versions 0 to 1"))
    }

    @Test(arguments: ["optimize", "vacuum", "verify", "diff", "restore"])
    func helpIsThere(command: String) throws {
        let ended = try line.tickbook("table", command, "--help")
        #expect(ended.code == 0)
        #expect(ended.output.contains("USAGE: tickbook table \(command)"))
    }
}
