import Foundation
import Testing

@testable import Runtime

/// Odd values through the whole chain: CSV, engine, writer, log, and another program's reader.
@Suite struct StoredValuesTests {
    private let workspace: TestWorkspace

    init() throws { workspace = try TestWorkspace() }

    @Test func oddPartitionValuesReadBack() throws {
        let symbols = ["A/B", "100%", "BRK B", "a=b", "Ünï", "株", "it's", "%2F", "a:b"]
        try workspace.write("a.csv", prices(symbols.map { ($0, "2020-01-02", 1) } + [("", "2020-01-02", 2)]))
        try workspace.run(pricesCell)
        let own = try workspace.rows("raw.stocks | select(symbol)")
        #expect(Set(own) == Set(symbols + ["null"]))
        for symbol in symbols { #expect(try workspace.rows("raw.stocks | where(symbol == \"\(symbol)\") | select(symbol)") == [symbol]) }
        let answer = try #require(try Shell.python("read_table.py", [workspace.path + "/data/raw/stocks"]) as? [String: Any])
        let rows = try #require(answer["rows"] as? [[String: Any]])
        #expect(Set(rows.map { $0["symbol"] as? String }) == Set(symbols + [nil]))
    }

    @Test func everyTypeReadsBackAndTimestampsCanBeAskedFor() throws {
        try workspace.write(
            "a.csv",
            "i,d,s,b,day,t\n-7,1.5,x,true,2012-03-01,2012-03-01 09:30:00.123456\n,,,,,\n8,2.5,\"y,\"\"z\",false,1969-12-31,2012-03-01 09:31:00\n"
        )
        try workspace.run("```tick a\ntable raw.kinds = csv(\"data/inbox/a.csv\")\n```\n")
        #expect(
            try workspace.rows("raw.kinds") == [
                "-7|1.5|x|true|2012-03-01|2012-03-01 09:30:00.123456", "null|null|null|null|null|null",
                "8|2.5|y,\"z|false|1969-12-31|2012-03-01 09:31:00",
            ])
        #expect(try workspace.rows("raw.kinds | where(t < timestamp(\"2012-03-01 09:31:00\")) | select(i)") == ["-7"])
        let answer = try #require(
            try Shell.python(
                "read_table.py", [workspace.path + "/data/raw/kinds", "", "SELECT i FROM t WHERE t < TIMESTAMP '2012-03-01T09:31:00Z'"])
                as? [String: Any])
        #expect((answer["rows"] as? [[String: Int]]) == [["i": -7]])
        let all = try #require(try Shell.python("read_table.py", [workspace.path + "/data/raw/kinds"]) as? [String: Any])
        #expect(
            all["types"] as? [String: String]
                == ["i": "int64", "d": "double", "s": "string", "b": "bool", "day": "date32[day]", "t": "timestamp[us, tz=UTC]"])
    }

    @Test func otherReaderFindsEveryVersion() throws {
        try workspace.write("a.csv", prices([("A", "2020-01-02", 1)]))
        try workspace.run(pricesCell)
        try workspace.write("b.csv", prices([("A", "2020-01-03", 2), ("B", "2020-01-03", 2)]))
        try workspace.run(pricesCell)
        for (version, count) in [(0, 1), (1, 3)] {
            let answer = try #require(
                try Shell.python("read_table.py", [workspace.path + "/data/raw/stocks", "\(version)"]) as? [String: Any])
            #expect((answer["rows"] as? [Any])?.count == count)
        }
    }

    @Test func incrementalIngestEqualsOneOfAllFiles() throws {
        let files = ["a.csv": prices([("A", "2020-01-02", 0.1), ("B", "2020-01-02", 0.2)]), "b.csv": prices([("A", "2020-01-03", 0.3)])]
        for (name, text) in files.sorted(by: { $0.key < $1.key }) {
            try workspace.write(name, text)
            try workspace.run(pricesCell)
        }
        let other = try TestWorkspace()
        for (name, text) in files { try other.write(name, text) }
        try other.run(pricesCell)
        #expect(try workspace.rows("raw.stocks | sort(symbol, date)") == other.rows("raw.stocks | sort(symbol, date)"))
    }
}
