import Language

/// What a session was asked for and cannot do.
package enum SessionFault: Error, Sendable, Hashable {
    case noNotebook
    case noCells
    case unknownCell(String, known: [String])
    case cellExists(String)
    case unsuitableCellName(String)
    /// Edited code that holds a line of fence marks.
    case breaksFence(cell: String)
    case lastCell
    case nothingStale
    case nothingToKeep
    case nothingToSave
    case fileNeeded
    case nothingToShow
    case changedOutside(path: String)
    case fileExists(path: String)
    case unwritableNotebook(path: String, reason: String)
    case unsavedEdits(cells: [String])
    case unknownParameter(String, known: [String])
    case notOverridden(String)
    case parameterNotLiteral(String)
}

extension SessionFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noNotebook: "The session has no notebook; open one with tickbook NOTEBOOK, or type a table and :keep it."
        case .noCells: "The notebook has no cells yet; :new NAME writes one, :keep makes one of what was typed."
        case .unknownCell(let name, let known):
            Self.words("cell", name, known, none: "the notebook has no cells")
        case .cellExists(let name): "There is a cell '\(name)' already; choose another name, or :edit \(name)."
        case .unsuitableCellName(let name): "'\(name)' cannot name a cell; a name is one word of letters, digits, '_', '-' and '.'."
        case .breaksFence(let name):
            "The code of cell '\(name)' holds a line of fence marks (```), which would end the cell there; leave it out."
        case .lastCell: "There is no further cell; :goto CELL goes to one, :run stale runs what is out of date."
        case .nothingStale: "Nothing is out of date."
        case .nothingToKeep: "Nothing was typed that a cell could be made of; type a let, table, model, indicator, assert or serve first."
        case .nothingToSave: "There is nothing to save: no cell was changed or added."
        case .nothingToShow: "Expected one pipeline, such as 'raw.stocks | take(5)'."
        case .fileNeeded: "Say where to: :save FILE.md."
        case .changedOutside(let path):
            "\(path) was changed outside of this session since it was read; nothing was written. :reload discard takes the file's text, "
                + ":save OTHER.md writes the session's text to another file."
        case .fileExists(let path): "\(path) is there already; choose another name."
        case .unwritableNotebook(let path, let reason): "\(path) cannot be written: \(reason)."
        case .unsavedEdits(let cells):
            "The session has unsaved changes\(cells.isEmpty ? "" : " in \(cells.joined(separator: ", "))"); "
                + ":save or :save OTHER.md keeps them, :reload discard drops them."
        case .unknownParameter(let name, let known): Self.words("parameter", name, known, none: "there are no parameters")
        case .notOverridden(let name): "The parameter '\(name)' has the notebook's value already."
        case .parameterNotLiteral(let name):
            "A session's value of the notebook's parameter '\(name)' must be plain: a number, a text, true, false or date(\"2012-03-01\")."
        }
    }

    private static func words(_ kind: String, _ name: String, _ known: [String], none: String) -> String {
        let nearest = NearestName.of(name, among: known).map { "; did you mean '\($0)'?" }
        let rest = known.isEmpty ? none : "there are \(known.joined(separator: ", "))"
        return "There is no \(kind) '\(name)'" + (nearest.map { $0 + " T" + rest.dropFirst() } ?? "; " + rest) + "."
    }
}
