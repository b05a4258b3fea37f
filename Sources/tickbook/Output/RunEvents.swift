import Charts
import Columnar
import Foundation
import Language
import Runtime

/// What happens in a run, as JSON: one object per line, each with its `event`.
struct RunEvents {
    func started(_ record: RunRecord) {
        print("run_started", [("run", record.id), ("notebook", record.notebook)].map { ($0.0, JSONText.quoted($0.1)) })
    }

    func cellStarted(_ cell: String) { print("cell_started", [("cell", JSONText.quoted(cell))]) }

    /// Cells that are done, of those to run, and rows of the run so far; of the statement at work, what is known of it.
    func progress(_ moment: RunProgress.Moment, totalRows: Int) {
        var members = [("cells_done", "\(moment.cellNumber - 1)"), ("cells", "\(moment.cellCount)"), ("rows", "\(totalRows)")]
        members.append(("cell", JSONText.quoted(moment.cell)))
        if let name = moment.name {
            members += [("name", JSONText.quoted(name)), ("name_rows", "\(moment.rows)")]
            members.append(("name_rows_expected", moment.expectedRows.map(String.init) ?? "null"))
            members.append(("activity", moment.activity.map(JSONText.quoted) ?? "null"))
        }
        print("progress", members)
    }

    func rows(_ cell: String, _ stream: any RecordBatchStream) throws {
        let names = stream.schema.names.map(JSONText.quoted)
        while let batch = try stream.next() {
            for row in 0..<batch.count {
                let members = zip(names, batch.columns).map { "\($0):\(JSONText.text($1[row]))" }
                print("row", [("cell", JSONText.quoted(cell)), ("row", "{\(members.joined(separator: ","))}")])
            }
        }
    }

    /// A chart with the file it was written to, or else itself.
    func chart(_ cell: String, _ chart: Chart, file: ChartFile?) {
        let members = [("cell", JSONText.quoted(cell)), ("title", chart.title.map(JSONText.quoted) ?? "null")]
        print("chart", members + [file.map { ("file", JSONText.quoted($0.path)) } ?? ("vega_lite", VegaLite(chart).text)])
    }

    func diagnostics(_ diagnostics: [Diagnostic], _ loaded: LoadedNotebook) throws {
        let lines = SourceLines(loaded.notebook.text)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for diagnostic in diagnostics {
            let report = DiagnosticReport(diagnostic, path: loaded.notebook.path, lines: lines)
            print("diagnostic", [("diagnostic", String(decoding: try encoder.encode(report), as: UTF8.self))])
        }
    }

    func ended(_ record: RunRecord) {
        if let fault = record.fault {
            print(
                "failed",
                [("cell", fault.cell.map(JSONText.quoted) ?? "null"), ("message", JSONText.quoted(fault.message))])
        }
        let made = record.stages.count { $0.status == .made }
        print(
            "finished",
            [
                ("run", JSONText.quoted(record.id)), ("outcome", JSONText.quoted(record.outcome.rawValue)),
                ("exit_code", record.exitCode.map { "\($0)" } ?? "null"), ("made", "\(made)"),
                ("cached", "\(record.stages.count - made)"), ("seconds", "\(record.seconds ?? 0)"),
            ])
    }

    func print(_ event: String, _ members: [(String, String)]) {
        let all = [("event", JSONText.quoted(event))] + members
        Terminal.print("{" + all.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}")
    }
}
