/// Why a table could not be read or changed. The words are made in `description` only.
package enum DeltaFault: Error, Sendable, Equatable {
    case noSpace(path: String, neededBytes: Int)
    case notPermitted(path: String, action: String)
    case storage(path: String, action: String, reason: String)
    /// `line` counts from 1; nil where the whole file is meant.
    case corruptLog(file: String, line: Int?, found: String, remedy: String)
    case missingVersion(folder: String, version: Int, newest: Int)
    /// The log's first commits are gone, and nothing that can be read stands for them.
    case needsCheckpoint(folder: String, oldest: Int)
    case checkpoint(file: String, reason: String)
    /// Data files of a version that is to be restored are gone; `first` is one of them.
    case restore(table: String, version: Int, missing: Int, first: String)
    case retention(asked: Int, safe: Int)
    case unsupported(file: String, line: Int?, what: String, remedy: String)
    /// `available` is nil when the table has no version at all.
    case unknownVersion(table: String, asked: Int, available: ClosedRange<Int>?)
    case changedSince(table: String, readVersion: Int?, changedIn: Int, how: String)
    case columnName(column: String, suggestion: String)
    case schema(String)
    case emptyPartitionValue(column: String)
    case commit(table: String, problem: String)
}

extension DeltaFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noSpace(let path, let bytes):
            "No space left on the disk of \(path): the commit needs \(bytes) bytes; free space and run again; the last version "
                + "stays readable."
        case .notPermitted(let path, let action):
            "Not permitted to \(action) \(path): expected write access for the user who runs Tickbook; change the owner or the mode "
                + "of the folder and run again; the last version stays readable."
        case .storage(let path, let action, let reason): "Could not \(action) \(path): \(reason)."
        case .corruptLog(let file, let line, let found, let remedy): "\(place(file, line)): \(found). \(remedy)"
        case .missingVersion(let folder, let version, let newest):
            "\(folder): version \(version) of the log is missing while version \(newest) exists. Restore \(logFileName(version)) "
                + "from a backup; to give up everything after it, move the log files of versions \(version + 1) to \(newest) away."
        case .needsCheckpoint(let folder, let oldest):
            "\(folder): the log begins at version \(oldest) and holds no checkpoint, as one Parquet file, that stands for what came "
                + "before. Restore the missing log files or a checkpoint from a backup."
        case .checkpoint(let file, let reason):
            "\(file): the log before this checkpoint is gone and the checkpoint cannot be read: \(reason). Restore it or the log files "
                + "before it from a backup."
        case .restore(let table, let version, let missing, let first):
            "\(table) cannot return to version \(version): \(missing) of its data files \(missing == 1 ? "is" : "are") gone, such as \(first). "
                + "They were deleted after that version was replaced, as vacuum does; nothing was changed."
        case .retention(let asked, let safe):
            "A retention of \(asked) hours is below the table's \(safe): a run that reads an older version or writes files not yet "
                + "committed could lose them, and versions younger than \(safe) hours could not be restored. Stop all runs, then add --force."
        case .unsupported(let file, let line, let what, let remedy): "\(place(file, line)): \(what). \(remedy)"
        case .unknownVersion(let table, let asked, let available):
            if let available, available.count == 1 {
                "\(table) has no version \(asked); it has version \(available.lowerBound) only."
            } else if let available {
                "\(table) has no version \(asked); it has versions \(available.lowerBound) to \(available.upperBound)."
            } else {
                "\(table) has no version \(asked); it is not a table yet: no version was ever committed."
            }
        case .changedSince(let table, let readVersion, let changedIn, let how):
            "\(table) \(how) in version \(changedIn) while this run worked from \(readVersion.map { "version \($0)" } ?? "no version"). "
                + "Nothing was committed; run again to work from version \(changedIn)."
        case .columnName(let column, let suggestion):
            "Column '\(column)' cannot stand in a table: a Delta table's column names have no space and none of , ; { } ( ) = tab or "
                + "newline. Rename it: | rename(\(suggestion) = `\(column)`)"
        case .schema(let problem): problem
        case .emptyPartitionValue(let column):
            "Partition column '\(column)' holds an empty string, which a Delta table cannot tell from null. Drop such rows with "
                + "| require(\(column) != \"\", else = reject), or leave \(column) out of partition(...)."
        case .commit(let table, let problem): "Commit to \(table) refused: \(problem)."
        }
    }
}

private func place(_ file: String, _ line: Int?) -> String { line.map { "\(file), line \($0)" } ?? file }
