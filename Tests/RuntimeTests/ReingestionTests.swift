import Foundation
import Testing

@testable import Runtime

/// What is read again when files come, go or change, and in which order.
@Suite struct ReingestionTests {
    private let workspace: TestWorkspace

    init() throws { workspace = try TestWorkspace() }

    private static let lastOfEach = """
        ```tick ingest
        table raw.last = csv("data/inbox/*.csv") | rename(symbol = Ticker, date = Date) | key(symbol, date) | latest()
        ```
        """

    @Test func rowsThatDependOnEachOtherAreMadeOfAllFiles() throws {
        try workspace.write("b.csv", prices([("A", "2020-01-02", 1)]))
        try workspace.run(Self.lastOfEach)
        try workspace.write("a.csv", prices([("A", "2020-01-03", 2)]))
        try workspace.run(Self.lastOfEach)
        #expect(try workspace.rows("raw.last | select(date, Close)") == ["2020-01-02|1.0", "2020-01-03|2.0"])
    }

    @Test func withdrawnFileLeavesTheOrderOfTheOthers() throws {
        try workspace.write("b.csv", prices([("A", "2020-01-02", 1)]))
        try workspace.write("c.csv", prices([("A", "2020-01-09", 5)]))
        try workspace.run(pricesCell)
        try workspace.write("a.csv", prices([("A", "2020-01-02", 2)]))
        try workspace.run(pricesCell)
        try workspace.remove("c.csv")
        try workspace.run(pricesCell)
        #expect(try workspace.rows("raw.stocks | latest() | select(close)") == ["2.0"])
    }

    @Test func changedFileOfAJoinMakesTheTableAnew() throws {
        let cells =
            pricesCell + """

                ```tick joined
                table t.joined = raw.stocks | select(symbol, date) | join((csv("data/sectors.csv")), on = symbol)
                ```
                """
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1)]))
        try workspace.write("../sectors.csv", "symbol,sector\nA,tech\n")
        try workspace.run(cells)
        try workspace.write("../sectors.csv", "symbol,sector\nA,energy\n")
        #expect(try workspace.run(cells).made == ["t.joined"])
        #expect(try workspace.rows("t.joined | select(sector)") == ["energy"])
    }

    @Test func queriedFileWithAnUnreadableLineIsAnError() throws {
        try workspace.write("a.csv", "symbol,close\nA,1.5\nB,x\n")
        #expect(throws: (any Error).self) { try workspace.rows("csv(\"data/inbox/a.csv\", types = types(close = double))") }
    }
}
