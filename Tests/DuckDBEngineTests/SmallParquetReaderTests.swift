import ChildPrograms
import Columnar
@testable import Engine
import Foundation
import Testing

/// Whether other readers of Parquet agree with what was written.
@Suite struct SmallParquetReaderTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: ["pyarrow", "polars"].filter(Python.has))
    func everyTypeIsReadByAnotherLibrary(library: String) throws {
        let fields = DataType.allCases.map { Field("\($0)", $0) }
        let batch = RecordBatch(schema: Schema(fields), columns: fields.map { sample($0.type).columns[0] }, count: 20)
        let pieces = [batch.slice(0..<5), batch.slice(5..<20)]
        let statistics = batch.columns.map { ColumnStatistics(of: [$0]) }
        let path = folder.path + "/a.parquet"
        _ = try SmallParquetFile(pieces, schema: batch.schema, statistics: statistics).write(to: path)
        let answer = try Python.run(Self.script, library, path)
        #expect(answer == batch.columns.map { column in (0..<20).map { plain(column[$0]) }.joined(separator: "|") })
    }

    /// One line for each column, its values as numbers and texts.
    private static let script = """
        import sys
        library, path = sys.argv[1:]
        if library == "pyarrow":
            import pyarrow.parquet
            table = pyarrow.parquet.read_table(path)
        else:
            import polars
            table = polars.read_parquet(path, use_pyarrow=False).to_arrow()
        import pyarrow
        expected = {"int": "int64", "double": "double", "bool": "bool", "date": "date32[day]", "timestamp": "timestamp[us, tz=UTC]"}
        for name, column in zip(table.column_names, table.columns):
            assert str(column.type) == expected.get(name, str(column.type)), (name, column.type)
            if name == "date": column = column.cast(pyarrow.int32())
            if name == "timestamp": column = column.cast(pyarrow.int64())
            print("|".join("null" if v is None else str(v).lower() if name == "bool" else repr(v) if name == "double" else str(v)
                           for v in column.to_pylist()))
        """

    private func plain(_ value: Value) -> String {
        switch value {
        case .date(let days): String(days)
        case .timestamp(let microseconds): String(microseconds)
        default: "\(value)"
        }
    }
}

/// A Python with the libraries the tests compare against: `TICKBOOK_PYTHON`, else the package's own environment.
private enum Python {
    struct Failed: Error {}

    /// Pyarrow must be there; a library beyond that takes part where it is installed.
    static func has(_ library: String) -> Bool { library == "pyarrow" || (try? run("import \(library)")) != nil }

    /// The lines a script prints.
    static func run(_ script: String, _ arguments: String...) throws -> [String] {
        let path = ProcessInfo.processInfo.environment["TICKBOOK_PYTHON"] ?? repositoryFolder + "/.deps/venv/bin/python"
        let ended = try ChildProgram.run(path, ["-c", script] + arguments)
        guard ended.code == 0 else { throw Failed() }
        return ended.lines
    }
}
