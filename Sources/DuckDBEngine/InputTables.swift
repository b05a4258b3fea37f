import Columnar
import Foundation

/// A statement's input streams, shown as tables on its connection.
struct InputTables: Sendable {
    let streams: [ArrowStreamExport]
    private let connection: DuckDBConnection
    private let names: [(own: String, unique: String)]

    /// DuckDB shows a stream to all connections under one name; a temporary view over it gives each statement its own names.
    init(_ inputs: [String: any RecordBatchStream], on connection: DuckDBConnection) throws {
        self.connection = connection
        names = inputs.keys.map { ($0, "\($0)@\(UUID().uuidString)") }
        streams = names.map { ArrowStreamExport(inputs[$0.own]!) }
        do {
            for (name, stream) in zip(names, streams) {
                try connection.registerView(name.unique, over: stream.pointer)
                try connection.execute("CREATE OR REPLACE TEMPORARY VIEW \(quoted(name.own)) AS \(wholeRows(of: name.unique))")
            }
        } catch {
            drop()
            throw error
        }
    }

    /// DuckDB would hand a choice of columns and filters down to the stream, which cannot follow them: values of other columns and rows
    /// too many would come out. Nothing goes down past `unnest`, so every column is read and every filter stays above.
    private func wholeRows(of name: String) -> String {
        "SELECT \"__row\".* FROM (SELECT unnest([\"__input\"]) AS \"__row\" FROM \(quoted(name)) AS \"__input\")"
    }

    /// Takes the tables away; the connection's statement has ended.
    func drop() {
        for name in names {
            try? connection.execute("DROP VIEW IF EXISTS temp.main.\(quoted(name.own)); DROP VIEW IF EXISTS \(quoted(name.unique))")
        }
    }

    private func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
}
