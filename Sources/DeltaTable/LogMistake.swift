/// What is wrong with one action of a log, before it is known in which file and line.
enum LogMistake: Error {
    case malformed(String)
    case unsupported(String, remedy: String)
}

extension DeltaFault {
    /// The mistake with its place: `file` is the log file's path, `line` counts from 1.
    init(_ mistake: LogMistake, file: String, line: Int?, version: Int) {
        switch mistake {
        case .malformed(let found):
            self = .corruptLog(file: file, line: line, found: found, remedy: DeltaFault.restoring(version))
        case .unsupported(let what, let remedy): self = .unsupported(file: file, line: line, what: what, remedy: remedy)
        }
    }

    private static func restoring(_ version: Int) -> String {
        version == 0
            ? "Restore the file from a backup, or move the table's folder away and make the table anew."
            : "Restore the file from a backup; where it is the newest version, moving it away returns the table to version \(version - 1)."
    }
}
