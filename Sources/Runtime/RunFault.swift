package import Language

/// What stops a run that the checker had no way to foresee.
package enum RunFault: Error {
    /// The notebook is wrong; nothing ran.
    case mistakes([Diagnostic])
    case unreadableNotebook(path: String, reason: String)
    case unwritableWorkspace(path: String, reason: String)
    case unknownCell(String, known: [String])
    /// Rows broke a rule of `require(…, else = fail)`.
    case brokenRequirement(BrokenRequirement)
    case missingInput(table: String)
    /// A table that the notebook by now defines with other columns.
    case outdatedTable(String)
    case unreadableFile(path: String, reason: String)
    /// Lines of a CSV file that don't fit its columns, where nothing says to set them aside or no line fits at all.
    case unreadableLines(path: String, count: Int, line: Int, text: String, reason: String, all: Bool)
    /// What a statement wrote did not fit beside what is there; its own files are gone again. `writtenBytes` is what they had come to,
    /// where that is known.
    case diskFull(path: String, freeBytes: Int, writtenBytes: Int?)
    /// Another run changed the table again and again while this one worked.
    case contention(table: String)
    /// The notebook is being run in this workspace by someone else.
    case alreadyRunning(RunLock.Holder?)
    case interrupted
}

extension RunFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .mistakes(let diagnostics): "\(diagnostics.count) mistake\(diagnostics.count == 1 ? "" : "s") in the notebook"
        case .unreadableNotebook(let path, let reason): "The notebook '\(path)' cannot be read: \(reason)."
        case .unwritableWorkspace(let path, let reason):
            "'\(path)' cannot be written: \(reason). Give the user who runs Tickbook write access, or choose another folder with --workspace."
        case .unknownCell(let name, let known): "The notebook has no cell '\(name)'; it has \(known.joined(separator: ", "))."
        case .brokenRequirement(let broken): broken.description
        case .missingInput(let table): "The table '\(table)' is not there; run the cell or the notebook that makes it first."
        case .outdatedTable(let table): "The table '\(table)' has other columns by now; run the cell that makes it first."
        case .unreadableFile(let path, let reason): "'\(path)' cannot be read: \(reason)."
        case .unreadableLines(let path, let count, let line, let text, let reason, let all):
            "\(all ? "No line of '\(path)' can be read" : "\(counted(count, "line")) of '\(path)' cannot be read"). The first is line \(line):\n"
                + "    \(text)\n    \(reason)\n"
                + (all
                    ? "Say how the file is written: csv(…, delimiter = \";\", date_format = \"dd/mm/yyyy\", types = types(Date = date))."
                    : "Mend them, or set such lines aside with require(…, else = reject).")
        case .diskFull(let path, let freeBytes, let writtenBytes):
            "The disk of '\(path)' is full: more is needed than the \(freeBytes / 1024) KiB that are free there. "
                + (writtenBytes.map { "The new files had come to \(($0 + 1023) / 1024) KiB and are deleted again. " } ?? "")
                + "Free space, then run again; what was stored before is kept."
        case .contention(let table): "Other runs keep changing '\(table)'; wait for them to end and run again."
        case .alreadyRunning(let holder):
            "The notebook is being run in this workspace already, by \(Self.words(holder)). "
                + "Wait for it to end, or say what to do with --overlap wait or --overlap allow."
        case .interrupted: "Interrupted. What earlier cells made is kept; run again to go on."
        }
    }
}

/// Rows that broke a rule, as far as they were read when the run ended.
package struct BrokenRequirement: Sendable, Hashable, CustomStringConvertible {
    let rule: String
    let rows: Int
    let examples: [String]
    /// The file, and the line of the first of the rows where lines can be told.
    var place: Place?
    /// Whether rows that were not read may have broken it too.
    var mayBeMore = false

    struct Place: Sendable, Hashable {
        let path: String
        let line: Int?
    }

    package var description: String {
        let count = (mayBeMore ? "At least " : "") + counted(rows, "row")
        let file = place.map { " of '\($0.path)'" } ?? ""
        let line = place?.line.map { ", the first at line \($0)" } ?? ""
        return "\(count)\(file) broke the rule \(rule)\(line); nothing was written. The first:\n"
            + examples.map { "    \($0)" }.joined(separator: "\n")
            + "\nMend the source, or write else = reject to set such rows aside."
    }
}

/// A fault with the statement it happened in.
package struct StatementFault: Error {
    package let cell: String
    package let span: SourceSpan
    package let underlying: any Error

    package init(cell: String, span: SourceSpan, underlying: any Error) {
        self.cell = cell
        self.span = span
        self.underlying = underlying
    }
}
