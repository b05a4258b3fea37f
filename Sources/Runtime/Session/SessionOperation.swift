package import Foundation
import Language

/// What can happen to a session.
package enum SessionOperation: Sendable {
    /// Statements were typed, which read well; `atEnd` puts a definition typed anew behind all others instead of in its old place.
    case enter(TypedEntry, atEnd: Bool)
    case override(parameter: String, text: String)
    case unset(parameter: String)
    case edit(cell: String, code: String)
    case add(cell: String, code: String, behind: String?)
    case keep(name: String?)
    /// The file was read again.
    case reread(String)
    case saved(path: String)
    case move(to: String)
    case ran(cell: String, CellRun)
    /// What was typed to be answered once has been.
    case forgetAnswered
}

/// What an operation asks of the world, in this order.
package enum SessionAction: Sendable, Hashable {
    case check
    /// Cells or typed statements, by name.
    case run([String])
    case note(SessionNotice)
}

/// What came of a cell that ran.
package struct CellRun: Sendable {
    package enum Result: Sendable, Hashable {
        case done
        case failed(String)
        case interrupted
    }

    /// The code that ran, without comments and layout.
    package let code: String
    package let result: Result
    package let ended: Date
    /// The rows it showed last.
    package var rowsShown: Int?
    /// What it showed: meaning and versions read, to tell whether it would show the same.
    var shown: [ShownPipeline] = []

    package init(code: String, result: Result, ended: Date, rowsShown: Int? = nil) {
        self.code = code
        self.result = result
        self.ended = ended
        self.rowsShown = rowsShown
    }
}

/// What a session tells beside results.
package enum SessionNotice: Sendable, Hashable {
    case parameterSet(String, to: String, notebook: String)
    case parameterUnset(String, notebook: String)
    case parameterChanged(String, from: String, to: String, kept: String)
    case parameterGone(String)
    case definitionChanged(String, cell: String)
    case nowInNotebook([String])
    case kept(Int, cell: String)
}

extension SessionNotice: CustomStringConvertible {
    package var description: String {
        switch self {
        case .parameterSet(let name, let value, let notebook):
            "\(name) is \(value) for this session; the notebook says \(notebook) (:params unset \(name) takes it back)"
        case .parameterUnset(let name, let notebook): "\(name) is \(notebook) again, as the notebook says"
        case .parameterChanged(let name, let from, let to, let kept):
            "\(name) went from \(from) to \(to) in the file; this session keeps \(kept) (:params unset \(name) takes the file's)"
        case .parameterGone(let name): "the file has no parameter \(name) any more; the session's value is dropped"
        case .definitionChanged(let name, let cell): "\(name) is changed in cell '\(cell)'; :save writes it"
        case .nowInNotebook(let names):
            "the file defines \(names.joined(separator: ", ")) now; what was typed under \(names.count == 1 ? "this name" : "these names") is dropped"
        case .kept(let count, let cell):
            "\(counted(count, "statement")) \(count == 1 ? "is" : "are") the cell '\(cell)' now; :save writes it"
        }
    }
}
