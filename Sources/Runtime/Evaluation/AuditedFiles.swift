import Columnar
import DeltaTable
import Engine
import Language
import Planner

/// A data file whose rows are held against asserts, committed or not.
struct AuditedFile {
    /// Below the table's folder.
    let path: String
    /// Nil where another writer left it out.
    let rowCount: Int?
    let statistics: [String: ColumnStatistics]

    init(_ file: WrittenFile) {
        (path, rowCount, statistics) = (file.path, file.rowCount, file.statistics)
    }

    init(_ file: DataFile) {
        (path, rowCount, statistics) = (file.path, file.rowCount, file.statistics)
    }

    /// Whether both files may hold a row with the same values, none null, in these columns.
    func mayShare(_ columns: [String], with other: [String: ColumnStatistics]) -> Bool {
        columns.allSatisfy { column in
            guard let mine = statistics[column], let theirs = other[column] else { return true }
            return mine.mayShareValue(with: theirs)
        }
    }
}

extension ColumnStatistics {
    fileprivate func mayShareValue(with other: ColumnStatistics) -> Bool {
        guard let low = minimum, let high = maximum, let otherLow = other.minimum, let otherHigh = other.maximum else { return true }
        return (compareValues(low, otherHigh) ?? 0) <= 0 && (compareValues(otherLow, high) ?? 0) <= 0
    }
}

/// The files of a table's next version.
struct AuditedFiles {
    let new: [AuditedFile]
    /// Those of the version before that stay.
    let kept: [AuditedFile]
    /// Of more pairs of files than these, not each is compared.
    private static let mostPairs = 1_000_000

    /// The kept files that may hold values of new rows, as far as statistics tell.
    func keptThatMayRepeat(_ columns: [String]) -> [AuditedFile] {
        let bounds = new.count * kept.count > Self.mostPairs ? [Self.hull(new, columns)] : new.map(\.statistics)
        return kept.filter { file in bounds.contains { file.mayShare(columns, with: $0) } }
    }

    /// Bounds of all files together; none of a column for which a file has none.
    private static func hull(_ files: [AuditedFile], _ columns: [String]) -> [String: ColumnStatistics] {
        var hull: [String: ColumnStatistics] = [:]
        for column in columns {
            let bounds = files.map { $0.statistics[column] }
            let lows = bounds.compactMap { $0?.minimum }
            let highs = bounds.compactMap { $0?.maximum }
            guard lows.count == files.count, highs.count == files.count else { continue }
            let low = lows.min { (compareValues($0, $1) ?? 0) < 0 }
            let high = highs.max { (compareValues($0, $1) ?? 0) < 0 }
            hull[column] = ColumnStatistics(minimum: low, maximum: high, nullCount: 0)
        }
        return hull
    }
}

/// Answers questions about the rows of data files, whether a version names them or not.
struct AuditRows {
    let context: RunContext
    let table: String

    /// Empty where there are no files.
    func answer(_ query: AuditQuery, _ files: [AuditedFile]) throws -> [RecordBatch] {
        guard let sql = try statement(query, files) else { return [] }
        try context.provider.checkCancellation()
        return try context.provider.get().engine.query(sql, inputs: [:]).collect()
    }

    func statement(_ query: AuditQuery, _ files: [AuditedFile]) throws -> String? {
        guard !files.isEmpty else { return nil }
        let folder = context.workspace.tables.folder(of: table)
        let dialect = try context.provider.get().dialect
        return SQLWriter(dialect: dialect).statement(query, over: dialect.parquet(files.map { folder + "/" + $0.path }))
    }

    func count(_ files: [AuditedFile]) throws -> Int {
        let unknown = files.filter { $0.rowCount == nil }
        let known = files.reduce(0) { $0 + ($1.rowCount ?? 0) }
        guard !unknown.isEmpty, let schema = try context.snapshots.newest(table)?.schema else { return known }
        // Every row breaks a condition that is false.
        let all = AuditQuery.tally([.literal(.bool(false), .bool)], of: schema)
        guard case .int(let count)? = try answer(all, unknown).first?.columns[0][0] else { return known }
        return known + Int(count)
    }
}
