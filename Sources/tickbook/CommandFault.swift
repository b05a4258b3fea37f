import Language

/// What a command was asked for and cannot find.
enum CommandFault: Error, CustomStringConvertible {
    case unknownTable(String, known: [String])

    var description: String {
        switch self {
        case .unknownTable(let name, let known):
            "There is no table '\(name)'" + (NearestName.of(name, among: known).map { "; did you mean '\($0)'? T" } ?? "; t")
                + (known.isEmpty ? "here are none yet." : "here are \(known.joined(separator: ", ")).")
        }
    }
}
