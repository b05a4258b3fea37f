/// What a command was asked for and cannot find.
enum CommandFault: Error, CustomStringConvertible {
    case unknownTable(String, known: [String])

    var description: String {
        switch self {
        case .unknownTable(let name, let known):
            "There is no table '\(name)'; " + (known.isEmpty ? "there are none yet." : "there are \(known.joined(separator: ", ")).")
        }
    }
}
