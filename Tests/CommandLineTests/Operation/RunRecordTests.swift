import ChildPrograms
import Foundation
import Testing

/// What operators see of runs: records, events, metrics, word of failures, and one run at a time.
@Suite struct RunRecordTests {
    private let line: CommandLine

    init() throws {
        line = try CommandLine()
        try line.write("data/inbox/a.csv", "symbol,date,close\nA,2020-01-02,100\nA,2020-01-03,150\n")
        try notebook()
    }

    private func notebook(_ more: String = "") throws {
        try line.notebook(
            "```tick ingest\nparam floor = 0\ntable raw = csv(\"data/inbox/*.csv\") | where(close > floor) | key(symbol, date)\n```\n"
                + "```tick features\ntable out = raw | derive(r = change(close))\(more)\n```\n")
    }

    private func records() throws -> [[String: Any]] {
        try line.tickbook("runs", "list", "--json").lines.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test func aRunIsRecordedWithWhatWentInAndCameOut() throws {
        #expect(try line.tickbook("run", "notebook.md", "-p", "floor=10").code == 0)
        let record = try #require(try records().first)
        #expect(record["outcome"] as? String == "done")
        #expect(record["exitCode"] as? Int == 0)
        #expect(record["parameters"] as? [String: String] == ["floor": "10"])
        let stages = try #require(record["stages"] as? [[String: Any]])
        #expect(stages.map { $0["name"] as? String } == ["raw", "out"])
        #expect(stages.map { $0["rows"] as? Int } == [2, 2])
        #expect(stages[1]["versionsIn"] as? [String: Int] == ["raw": 0])
        #expect(stages.map { $0["status"] as? String } == ["made", "made"])
    }

    @Test func aFailureIsRecordedWithItsCellAndReason() throws {
        try notebook("\n  | require(r > 0, else = fail)")
        #expect(try line.tickbook("run", "notebook.md").code == 1)
        let record = try #require(try records().first)
        let fault = try #require(record["fault"] as? [String: String])
        #expect(record["outcome"] as? String == "failed")
        #expect(fault["cell"] == "features")
        #expect(fault["message"]?.contains("broke the rule r > 0") == true)
        #expect(try line.tickbook("runs", "show").output.contains("fault      cell 'features' failed: "))
    }

    @Test func comparingTwoRunsNamesWhatDiffers() throws {
        #expect(try line.tickbook("run", "notebook.md").code == 0)
        #expect(try line.tickbook("run", "notebook.md", "-p", "floor=120").code == 0)
        let ids = try records().compactMap { $0["id"] as? String }
        let compared = try line.tickbook("runs", "compare", ids[1], ids[0])
        #expect(
            compared.lines.contains { $0.hasPrefix("parameter floor") && $0.contains("0  ") && $0.hasSuffix("120") }, "\(compared.output)")
        #expect(compared.lines.contains { $0.hasPrefix("raw rows ") && $0.hasSuffix("1") }, "\(compared.output)")
    }

    @Test func aLongFaultLeavesTheComparisonATable() throws {
        #expect(try line.tickbook("run", "notebook.md").code == 0)
        try notebook("\n  | require(r > 0, else = fail)")
        #expect(try line.tickbook("run", "notebook.md").code == 1)
        let ids = try records().compactMap { $0["id"] as? String }
        let compared = try line.tickbook("runs", "compare", ids[1], ids[0])
        let names = ["notebook SHA-256", "outcome", "fault", "raw", "out"]
        #expect(compared.lines.dropFirst().allSatisfy { line in names.contains { line.hasPrefix($0) } }, "\(compared.output)")
        #expect(compared.lines.allSatisfy { $0.count < 140 }, "\(compared.output)")
    }

    @Test func everyLineOfJSONIsAnEvent() throws {
        try notebook("\n  | require(r > 0, else = fail)")
        let ended = try line.tickbook("run", "notebook.md", "--json")
        let events = try ended.lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
        #expect(
            events.map { $0["event"] as? String } == [
                "run_started", "cell_started", "progress", "committed", "cell_started", "progress", "diagnostic", "failed", "finished",
            ])
        #expect(events.last?["exit_code"] as? Int == 1)
        #expect((events[6]["diagnostic"] as? [String: Any])?["line"] as? Int == 9)
    }

    @Test func metricsAreWrittenAsPrometheusText() throws {
        #expect(try line.tickbook("run", "notebook.md", "--metrics-file", "metrics/tickbook.prom").code == 0)
        let text = try String(contentsOfFile: line.path + "/metrics/tickbook.prom", encoding: .utf8)
        #expect(text.contains("# TYPE tickbook_run_success gauge\ntickbook_run_success{notebook=\"notebook\"} 1\n"))
        #expect(text.contains("tickbook_stage_rows{notebook=\"notebook\",cell=\"features\",table=\"out\"} 2\n"))
    }

    @Test func aPushThatFailsLeavesTheRunAsItIs() throws {
        let ended = try line.tickbook("run", "notebook.md", "--metrics-push", "http://127.0.0.1:9")
        #expect(ended.code == 0)
        #expect(ended.errors.contains("warning: metrics were not taken by http://127.0.0.1:9: curl: "), "\(ended.errors)")
    }

    @Test func aGatewayGetsTheMetricsOfTheNotebook() throws {
        let gateway = try OneRequestServer()
        let ended = try line.tickbook("run", "notebook.md", "--metrics-push", gateway.url)
        #expect(ended.code == 0 && ended.errors.isEmpty, "\(ended.errors)")
        let request = gateway.request()
        #expect(request.hasPrefix("PUT /metrics/job/tickbook/notebook/notebook HTTP/1.1"), "\(request)")
        #expect(request.contains("tickbook_run_success{notebook=\"notebook\"} 1"), "\(request)")
    }

    @Test func aFailureIsToldToTheNotifyCommand() throws {
        try notebook("\n  | require(r > 0, else = fail)")
        let command = "echo \"$TICKBOOK_OUTCOME $TICKBOOK_CELL\" > told; cat > record.json"
        #expect(try line.tickbook("run", "notebook.md", "--notify", command).code == 1)
        #expect(try String(contentsOfFile: line.path + "/told", encoding: .utf8) == "failed features\n")
        #expect(try String(contentsOfFile: line.path + "/record.json", encoding: .utf8).contains("\"outcome\" : \"failed\""))
    }

    @Test func aSuccessIsNotTold() throws {
        #expect(try line.tickbook("run", "notebook.md", "--notify", "touch told").code == 0)
        #expect(!FileManager.default.fileExists(atPath: line.path + "/told"))
    }

    // MARK: One run at a time

    private var lockFile: String? {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: line.path + "/data/_runs")) ?? []
        return entries.first { $0.hasSuffix(".lock") }.map { line.path + "/data/_runs/" + $0 }
    }

    @Test func aSecondRunOfTheNotebookIsRefusedWhileOneGoesOn() throws {
        #expect(try line.tickbook("run", "notebook.md").code == 0)
        let path = try #require(lockFile)
        try #"{"run":"R1","process":4711,"host":"h","started":"2020-01-01T00:00:00Z"}"#.write(
            toFile: path, atomically: false, encoding: .utf8)
        let second = try CommandLine.run(
            "/usr/bin/flock", [path, CommandLine.program, "run", "notebook.md"], in: line.path)
        #expect(second.code == 2)
        #expect(second.errors.contains("already, by run R1 (process 4711 on h, since 2020-01-01T00:00:00Z)"), "\(second.errors)")
        let allowed = try CommandLine.run(
            "/usr/bin/flock", [path, CommandLine.program, "run", "notebook.md", "--overlap", "allow"], in: line.path)
        #expect(allowed.code == 0, "\(allowed.errors)")
    }

    @Test func theLockOfARunThatWasKilledLocksNobodyOut() throws {
        #expect(try line.tickbook("run", "notebook.md").code == 0)
        let path = try #require(lockFile)
        try #"{"run":"R1","process":4711,"host":"h","started":"2020-01-01T00:00:00Z"}"#.write(
            toFile: path, atomically: false, encoding: .utf8)
        let next = try line.tickbook("run", "notebook.md")
        #expect(next.code == 0)
        #expect(next.errors == "note: run R1 ended without a word; what it committed is kept, and this run goes on from there\n")
        #expect(try line.tickbook("run", "notebook.md").errors.isEmpty)
    }

    @Test func aRunThatWasKilledIsListedAsDied() throws {
        let killed = try line.tickbook("run", "notebook.md", environment: ["TICKBOOK_FAILPOINT": "commit.afterLink"])
        try #require(killed.code != 0, "\(killed.output)\(killed.errors)")
        #expect(try records().first?["outcome"] as? String == "died")
    }
}
