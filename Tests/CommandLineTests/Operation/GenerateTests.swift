import ChildPrograms
import Foundation
import Testing

/// Synthetic prices: the same bytes anywhere, and the faults that were asked for.
@Suite struct GenerateTests {
    private let line: CommandLine

    init() throws { line = try CommandLine.withNotebook() }

    private func generate(_ arguments: String...) throws -> Ended {
        let ended = try CommandLine.run(CommandLine.program, ["generate"] + arguments, in: line.path)
        #expect(ended.code == 0, "\(ended.errors)")
        return ended
    }

    /// Recorded once; another value means that files made from a seed are others than they were.
    @Test(arguments: [
        (["--symbols", "3", "--rows", "200"], "a6b7717aa5c24660e501ecc7bd1e47f13d6dcd6d508b40d8fe821a13a4bf7c89"),
        (
            ["--symbols", "2", "--rows", "900", "--interval", "minute", "--seed", "7"],
            "41482cdb9b1ca6529f87b44679ffcc8d78dcbbffcfaf97f359a00a9c0ae08992"
        ),
        (["--faults", "40", "--gaps", "20"], "642f639e8ec1b7c8fe7ff89d48d9816b301097f5545eb0670bc2fd5989ab5e99"),
    ])
    func aSeedGivesTheRecordedBytes(arguments: [String], recorded: String) throws {
        let script = "\(CommandLine.program) generate --to - \(arguments.joined(separator: " ")) | sha256sum"
        #expect(try CommandLine.run("/bin/sh", ["-c", script], in: line.path).output == recorded + "  -\n")
    }

    @Test func moreSymbolsChangeNoneOfThoseThereAre() throws {
        let (few, many) = (try generate("--to", "-", "--symbols", "2"), try generate("--to", "-", "--symbols", "3"))
        #expect(many.output.hasPrefix(few.output))
        #expect(many.output.utf8.count > few.output.utf8.count)
    }

    @Test func aFaultLeavesAllOtherRowsAsTheyAre() throws {
        let (clean, faulty) = (try generate("--to", "-"), try generate("--to", "-", "--faults", "20", "--fault-kinds", "negative"))
        let count = zip(clean.lines, faulty.lines).count { $0.0 != $0.1 }
        #expect(clean.lines.count == faulty.lines.count)
        #expect(faulty.errors == "5,000 rows · \(count) negative\n")
        #expect(count > 50)
    }

    @Test func gapsAreRowsLeftOut() throws {
        let (whole, gapped) = (try generate("--to", "-"), try generate("--to", "-", "--gaps", "30"))
        let lines = Set(gapped.lines)
        #expect(whole.lines.count { !lines.contains($0) } == whole.lines.count - gapped.lines.count)
        #expect(gapped.errors.contains("\(whole.lines.count - gapped.lines.count) left out"))
        #expect(lines.isSubset(of: whole.lines))
    }

    @Test func theSampleNotebookSetsAsideJustTheImpossibleRows() throws {
        let counts = try generate("--to", "data/inbox/a.csv", "--faults", "30", "--fault-kinds", "negative", "inverted").errors
        let faults = counts.split(separator: "·").dropFirst().compactMap { Int($0.split(separator: " ")[0]) }.reduce(0, +)
        #expect(faults > 100)
        let run = try line.tickbook("run", "notebook.md", "--no-serve")
        #expect(run.lines.first?.contains("\(faults) rejected") == true, "\(run.output)\(run.errors)\(counts)")
    }

    @Test func duplicatesAndDisorderLeaveTheCleanTableAsItWouldBe() throws {
        _ = try generate("--to", "data/inbox/a.csv", "--faults", "50", "--fault-kinds", "duplicate", "disorder")
        #expect(try line.tickbook("run", "notebook.md", "--only", "ingest").code == 0)
        let run = try line.tickbook("run", "notebook.md", "--only", "process")
        #expect(run.lines.first?.contains("5,000 rows") == true, "\(run.output)\(run.errors)")
    }

    @Test func minutesAreTakenInAsTimestamps() throws {
        _ = try generate("--to", "data/inbox/a.csv", "--interval", "minute")
        #expect(try line.tickbook("run", "notebook.md", "--only", "ingest").code == 0)
        let answer = try line.tickbook("query", "raw.stocks | take(391) | select(symbol, date)", "--format", "csv")
        #expect(answer.lines.dropFirst().first == "S0001,2015-01-01 09:30:00")
        #expect(answer.lines.last == "S0001,2015-01-02 09:30:00")
    }

    @Test func aFileThatIsThereIsLeftAlone() throws {
        try line.write("prices.csv", "mine")
        let refused = try line.tickbook("generate", "--to", "prices.csv")
        #expect(refused.code == 1)
        #expect(refused.errors == "error: prices.csv is there already; choose another name, or write over it with --replace.\n")
    }
}

extension CommandLine {
    /// A workspace with the sample notebook and no prices.
    static func withNotebook() throws -> CommandLine {
        let line = try CommandLine()
        try line.write("notebook.md", String(contentsOfFile: repositoryFolder + "/notebooks/stock_direction.md", encoding: .utf8))
        return line
    }
}
