import Columnar
import Engine
import Language
import Planner

/// Finds the columns of files by looking into them.
struct SourceSchema {
    let provider: EngineProvider

    /// The columns of the first file with rows; each file must have them, whatever else it has. An int column that is double in
    /// another file is double. Throws when no file has a row, unless the notebook declares every type.
    func infer(_ files: [SourceFile], format: FileSource.Format, options: CSVOptions) throws(SourceFault) -> Schema {
        var found: Schema?
        var headersOnly: Schema?
        for file in files {
            let columns = try columns(of: file, format, options)
            if let known = found ?? headersOnly { try demand(known.names, in: columns, of: file) }
            if format == .csv, found == nil || columns.hasTextOnly(beside: options.types),
                try SourceSample(file: file, columns: columns, options: options).check(provider) == 0
            {
                headersOnly = headersOnly ?? columns
            } else {
                found = found.map { $0.widened(by: columns) } ?? columns
            }
        }
        if let found { return found }
        guard let headersOnly, headersOnly.fields.allSatisfy(options.types.contains) else { throw .emptyFile(path: files[0].path) }
        return headersOnly
    }

    private func demand(_ names: [String], in columns: Schema, of file: SourceFile) throws(SourceFault) {
        for name in names where columns.index(of: name) == nil {
            throw .missingColumn(path: file.path, column: name, found: columns.names)
        }
    }

    private func columns(of file: SourceFile, _ format: FileSource.Format, _ options: CSVOptions) throws(SourceFault) -> Schema {
        try SourceFault.reporting(file, options) {
            let opened = try provider.get()
            let sql =
                switch format {
                case .csv: opened.dialect.columns(ofCSV: file.absolutePath, options)
                case .parquet: opened.dialect.columns(ofParquet: file.absolutePath)
                }
            let batches = try opened.engine.query(sql, inputs: [:]).collect()
            return Schema(
                try batches.flatMap { batch in
                    try (0..<batch.count).map { row in
                        let name = batch.columns[0][row].description
                        let typeName = batch.columns[1][row].description
                        guard let type = opened.dialect.dataType(named: typeName) else {
                            throw SourceFault.unreadable(
                                path: file.path, reason: "column '\(name)' is of type \(typeName), which has no counterpart here",
                                remedy: "convert the column where the file is made, or leave it out there")
                        }
                        return Field(name, type)
                    }
                })
        }
    }
}

extension Schema {
    /// Whether every column that isn't declared looks like text, as all do in a file without rows.
    fileprivate func hasTextOnly(beside declared: [Field]) -> Bool {
        fields.allSatisfy { field in field.type == .string || declared.contains { $0.name == field.name } }
    }

    /// The same columns, ints as doubles where `other` has doubles.
    fileprivate func widened(by other: Schema) -> Schema {
        Schema(fields.map { $0.type == .int && other.type(of: $0.name) == .double ? Field($0.name, .double) : $0 })
    }
}

extension SourceFault {
    /// What an engine says about a file, as a fault of that file.
    static func reporting<Result>(_ file: SourceFile, _ options: CSVOptions, _ body: () throws -> Result) throws(SourceFault) -> Result {
        do {
            return try body()
        } catch let fault as SourceFault {
            throw fault
        } catch EngineFault.statement(let message) {
            if EngineWords.mayMeanLineEnds(message), let line = LineEnds.firstChange(inFile: file.absolutePath) {
                throw .unreadable(
                    path: file.path,
                    reason: "its lines end in different ways, the first in \(line.first), line \(line.number) in \(line.other)",
                    remedy: "make all line ends alike, for example with dos2unix, then run again")
            }
            throw .unreadable(
                path: file.path, reason: EngineWords.ofSource(message, declared: options.types), remedy: EngineWords.sourceRemedy)
        } catch EngineFault.unavailable(let reason, let remedy) {
            throw .engineUnavailable(reason: reason, remedy: remedy)
        } catch {
            throw .unreadable(path: file.path, reason: "\(error)", remedy: EngineWords.sourceRemedy)
        }
    }
}
