package import Columnar

/// How a version came to be: what Tickbook keeps in `commitInfo.tickbook`.
///
/// Invariants:
/// 1. It lands in the same commit as the rows it speaks of.
/// 2. Keys unknown to this version are ignored, missing ones have their default, so records of any age read.
package struct CommitRecord: Sendable, Hashable, Encodable {
    package var definitionHash = ""
    package var languageVersion = 1
    package var plugins: [Plugin] = []
    /// Version read, by name of the input table.
    package var inputs: [String: Int] = [:]
    package var ingestedFiles: [IngestedFile] = []
    package var withdrawnFiles: [IngestedFile] = []
    /// The last time value, by entity, as text.
    package var watermark: [String: String] = [:]
    package var rowsIn = 0
    package var rowsOut = 0
    package var rowsRejected = 0
    /// The version of the table of rejected rows that belongs to this one, -1 where there was none; nil in older records.
    package var rejectsVersion: Int?
    package var engine = ""
    package var durationSeconds = 0.0
    package var cell = ""
    package var notebook = ""
    /// What each column's values are made of, as a hash; see `unchangedColumns`.
    package var columnMeanings: [String: String] = [:]
    /// Columns that have the same values, in the same rows, as in the version before, though all files were written anew.
    package var unchangedColumns: [String]?
    /// The columns of the source before `rename` and `select`.
    package var sourceSchema: Schema?
    /// How the source was read, as one line of text.
    package var sourceOptions: String?
    /// What was asserted of the table's rows and found to hold, as the definitions of the conditions.
    package var asserts: [String] = []
    /// The file, below the table's folder, of states from which the series of these rows go on; see `DeltaTable.statesFolder`.
    package var savedStates: String?

    package init() {}

    /// A plugin that took part.
    package struct Plugin: Sendable, Hashable, Codable {
        package let name: String
        package let version: String
        package let hash: String

        package init(name: String, version: String, hash: String) {
            self.name = name
            self.version = version
            self.hash = hash
        }
    }

    /// A source file whose rows are in the table.
    package struct IngestedFile: Sendable, Hashable, Codable {
        package let path: String
        package let byteCount: Int
        /// Nanoseconds since 1970.
        package let modified: Int64
        package let sha256: String
        /// The place of the file's first row in the order of ingestion.
        package let firstRowOrder: Int
        package let rowsIn: Int

        package init(path: String, byteCount: Int, modified: Int64, sha256: String, firstRowOrder: Int, rowsIn: Int) {
            self.path = path
            self.byteCount = byteCount
            self.modified = modified
            self.sha256 = sha256
            self.firstRowOrder = firstRowOrder
            self.rowsIn = rowsIn
        }
    }
}

extension CommitRecord: Decodable {
    private enum CodingKeys: String, CodingKey {
        case definitionHash, languageVersion, plugins, inputs, ingestedFiles, withdrawnFiles, watermark, rowsIn, rowsOut, rowsRejected
        case engine, durationSeconds, cell, notebook, sourceSchema, sourceOptions, columnMeanings, unchangedColumns, asserts
        case rejectsVersion, savedStates
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func read<Part: Decodable>(_ key: CodingKeys, or missing: Part) throws -> Part {
            try values.decodeIfPresent(Part.self, forKey: key) ?? missing
        }
        definitionHash = try read(.definitionHash, or: definitionHash)
        languageVersion = try read(.languageVersion, or: languageVersion)
        plugins = try read(.plugins, or: plugins)
        inputs = try read(.inputs, or: inputs)
        ingestedFiles = try read(.ingestedFiles, or: ingestedFiles)
        withdrawnFiles = try read(.withdrawnFiles, or: withdrawnFiles)
        watermark = try read(.watermark, or: watermark)
        rowsIn = try read(.rowsIn, or: rowsIn)
        rowsOut = try read(.rowsOut, or: rowsOut)
        rowsRejected = try read(.rowsRejected, or: rowsRejected)
        rejectsVersion = try values.decodeIfPresent(Int.self, forKey: .rejectsVersion)
        engine = try read(.engine, or: engine)
        durationSeconds = try read(.durationSeconds, or: durationSeconds)
        cell = try read(.cell, or: cell)
        notebook = try read(.notebook, or: notebook)
        columnMeanings = try read(.columnMeanings, or: columnMeanings)
        unchangedColumns = try values.decodeIfPresent([String].self, forKey: .unchangedColumns)
        asserts = try read(.asserts, or: asserts)
        savedStates = try values.decodeIfPresent(String.self, forKey: .savedStates)
        sourceSchema = try values.decodeIfPresent(Schema.self, forKey: .sourceSchema)
        sourceOptions = try values.decodeIfPresent(String.self, forKey: .sourceOptions)
    }
}
