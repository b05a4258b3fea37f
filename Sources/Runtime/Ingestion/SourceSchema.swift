import Columnar
import Engine
import Language
import Planner

/// Finds the columns of files by looking into them.
struct SourceSchema {
    let provider: EngineProvider

    /// The first file's columns; each further file must have them too, whatever else it has.
    func infer(_ files: [SourceFile], format: FileSource.Format, options: CSVOptions) throws(SourceFault) -> Schema {
        let schema = try columns(of: files[0], format, options)
        for file in files.dropFirst() {
            let other = try columns(of: file, format, options)
            for name in schema.names where other.index(of: name) == nil {
                throw .missingColumn(path: file.path, column: name, found: other.names)
            }
        }
        return schema
    }

    private func columns(of file: SourceFile, _ format: FileSource.Format, _ options: CSVOptions) throws(SourceFault) -> Schema {
        do {
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
                            throw SourceFault.unreadable(path: file.path, reason: "column '\(name)' is of type \(typeName), which has no counterpart here")
                        }
                        return Field(name, type)
                    }
                })
        } catch let fault as SourceFault {
            throw fault
        } catch EngineFault.statement(let message) {
            throw .unreadable(path: file.path, reason: EngineWords.ofSource(message, declared: options.types))
        } catch EngineFault.unavailable(let reason, let remedy) {
            throw .engineUnavailable(reason: reason, remedy: remedy)
        } catch {
            throw .unreadable(path: file.path, reason: "\(error)")
        }
    }
}
