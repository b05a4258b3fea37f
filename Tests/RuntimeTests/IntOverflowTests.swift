import Language
import Testing

@testable import Runtime

/// An int that needs more than 64 bits ends the cell, at the step that calculates it.
@Suite struct IntOverflowTests {
    private let workspace: TestWorkspace

    init() throws {
        workspace = try TestWorkspace()
        try workspace.write("a.csv", "symbol,date,volume\nA,2020-01-02,3\nA,2020-01-03,9223372036854775807\n")
    }

    private func fault(_ verb: String) throws -> TestWorkspace.Failure {
        try workspace.failure("```tick big\ntable raw.big =\n  csv(\"data/inbox/*.csv\")\n  | key(symbol, date)\n  | \(verb)\n```\n")
    }

    @Test(arguments: [
        ("derive(y = volume * 5)", "9223372036854775807 * 5", "column 'y'"),
        ("derive(y = volume + 1, z = date)", "9223372036854775807 + 1", "column 'y'"),
        ("derive(y = -2 - volume)", "-2 - 9223372036854775807", "column 'y'"),
        ("where(volume + volume > 3)", "9223372036854775807 + 9223372036854775807", "where"),
        ("require(volume * 2 > 3)", "9223372036854775807 * 2", "the rule volume * 2 > 3"),
        ("summarize(total = sum(volume))", "a sum of 9223372036854775810", "column 'total'"),
    ])
    func calculationAndPlaceAreNamed(verb: String, calculation: String, place: String) throws {
        let failure = try fault(verb)
        #expect(failure.text.hasPrefix("An int result needs more than 64 bits: \(calculation), in \(place)."), "\(failure.text)")
        let cells = "---\ntickbook: 1\n---\n```tick big\ntable raw.big =\n  csv(\"data/inbox/*.csv\")\n  | key(symbol, date)\n  | "
        #expect(failure.fault?.span.start == cells.utf8.count)
        #expect(workspace.files(".parquet").isEmpty)
    }

    @Test func branchNotTakenIsNoError() throws {
        let rows = try workspace.rows("csv(\"data/inbox/a.csv\") | select(y = if(volume < 10, volume * 5, null))")
        #expect(rows == ["15", "null"])
    }

    @Test func rowLeftOutIsNoError() throws {
        #expect(try workspace.rows("csv(\"data/inbox/a.csv\") | where(volume < 10) | select(y = volume * 5)") == ["15"])
    }
}
