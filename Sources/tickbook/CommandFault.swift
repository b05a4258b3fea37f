import Language

/// What a command was asked for and cannot find.
enum CommandFault: Error, CustomStringConvertible {
    case unknownTable(String, known: [String])
    case unknownPlugin(String, known: [String])
    case unknownFunction(String, known: [String])
    case fileIsThere(String)
    case unwritableFile(String, reason: String)
    case fileAmongTables(String)
    case unstartable(String, reason: String)
    case notANotebook(String, nearestCommand: String?)

    var description: String {
        switch self {
        case .unknownTable(let name, let known): Self.words("table", name, known)
        case .unknownPlugin(let name, let known): Self.words("plugin", name, known)
        case .unknownFunction(let name, let known): Self.words("plugin or function of series", name, known)
        case .fileIsThere(let path): "\(path) is there already; choose another name, or write over it with --replace."
        case .unstartable(let program, let reason): "'\(program)' cannot be started: \(reason)."
        case .notANotebook(let name, let nearest):
            nearest.map { "'\(name)' is neither a command nor a notebook that is there; did you mean 'tickbook \($0)'?" }
                ?? "The notebook '\(name)' cannot be read: there is no such file; tickbook --help lists the commands."
        case .fileAmongTables(let path):
            "\(path) stands among the workspace's tables and models, which only runs write; choose another place."
        case .unwritableFile(let path, let reason): "\(path) cannot be written: \(reason)."
        }
    }

    private static func words(_ kind: String, _ name: String, _ known: [String]) -> String {
        "There is no \(kind) '\(name)'" + (NearestName.of(name, among: known).map { "; did you mean '\($0)'? T" } ?? "; t")
            + (known.isEmpty ? "here are none yet." : "here are \(known.joined(separator: ", ")).")
    }
}
