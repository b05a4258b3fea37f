import Columnar
import Foundation
import Testing

@testable import Runtime

/// A file large enough to be read in sections gives the rows, the order and the line numbers of one reading.
@Suite struct FileSectionsTests {
    private static let rowCount = 1_500_000
    private static let brokenEvery = 250_000

    @Test(arguments: ["\n", "\r\n"])
    func largeFileKeepsRowsOrderAndLines(lineEnd: String) throws {
        let workspace = try TestWorkspace()
        let content = Self.content(lineEnd)
        #expect(content.count > FileSections.smallestFile)
        try workspace.write("a.csv", content)
        try workspace.run(
            """
            ```tick ingest
            table raw.numbers =
              csv("data/inbox/a.csv", types = types(n = int))
              | require(n >= 0, else = reject)
            ```
            """)
        let broken = (1..<6).map { $0 * Self.brokenEvery }
        #expect(
            try workspace.rows("raw.numbers__rejects | select(line, rule)")
                == broken.flatMap { ["\($0 + 1)|unreadable: n: 'x' is not a whole number", "\($0 + 2)|n >= 0"] }
                + ["\(Self.rowCount + 1)|unreadable: n: 'x' is not a whole number"])
        let numbers = try workspace.batches("raw.numbers | select(n)").flatMap { batch in
            (0..<batch.count).map { batch.columns[0].ints[$0] }
        }
        #expect(numbers.count == Self.rowCount - 11)
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func rowsThatEndTheRunAreCountedAsFarAsTheyWereRead() throws {
        let workspace = try TestWorkspace()
        try workspace.write("a.csv", Self.content("\n"))
        let failure = try workspace.failure(
            """
            ```tick ingest
            table raw.numbers =
              csv("data/inbox/a.csv", types = types(n = int))
              | require(n >= 0, else = fail)
            ```
            """)
        #expect(failure.text.hasPrefix("At least "), "\(failure.text)")
        #expect(failure.text.contains(" of 'data/inbox/a.csv' broke the rule n >= 0, the first at line \(Self.brokenEvery + 2);"))
    }

    /// Numbers that ascend, but for one text and one negative number after every `brokenEvery` rows.
    private static func content(_ lineEnd: String) -> Data {
        var text = "n,filler" + lineEnd
        text.reserveCapacity(rowCount * 26)
        for row in 0..<rowCount {
            let place = row % brokenEvery
            let isBroken = row > brokenEvery / 2
            let value = isBroken && place == brokenEvery - 1 ? "x" : isBroken && place == 0 ? "-\(row)" : "\(row)"
            text += "\(value),abcdefghijklmnopqr" + lineEnd
        }
        return Data(text.utf8)
    }
}
