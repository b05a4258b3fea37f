package import Columnar

/// Why a series step could not be set up or go on.
package enum SeriesFault: Error, Hashable {
    case unknownFunction(String, known: [String])
    case unknownColumn(String, neededBy: String, known: [String])
    case invalidParameter(function: String, expected: String, found: String)
    case unsupportedWindow(function: String)
    /// Two rows with one key.
    case duplicateKey(entity: [Value], time: Value)
    /// Time goes backwards within an entity.
    case timeGoesBack(entity: [Value], from: Value, to: Value)
    /// An entity comes after one that sorts behind it, so its rows may not stand together.
    case entitiesUnsorted(from: [Value], to: [Value])
    case missingTime(entity: [Value], column: String)
    /// An int result that doesn't fit 64 bits, at the row with the value `value`.
    case overflow(function: String, value: Int64)
    case damagedState
    /// What a plugin's function says of itself.
    case failed(function: String, plugin: String, reason: String)
}

extension SeriesFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownFunction(let name, let known):
            "No function of series is called '\(name)'; there are \(list(known))."
        case .unknownColumn(let name, let user, let known):
            "'\(user)' needs the column '\(name)', but the rows only have \(list(known))."
        case .invalidParameter(let function, let expected, let found):
            "\(function): expected \(expected), found \(found)."
        case .unsupportedWindow(let function):
            "\(function) depends on the whole history of an entity and can't be computed row by row; use `summarize`."
        case .duplicateKey(let entity, let time):
            "Two rows have the key (\(list((entity + [time]).map(\.description)))); expected one; add `latest()` to keep the last ingested."
        case .timeGoesBack(let entity, let from, let to):
            "The rows of \(name(entity)) are not in time order: \(to) comes after \(from); sort the rows by their key first."
        case .entitiesUnsorted(let from, let to):
            "The rows are not sorted by key: \(name(to)) comes after \(name(from)); sort the rows by their key first."
        case .missingTime(let entity, let column):
            "A row of \(name(entity)) has a null in the time column '\(column)'; drop it with `where` or mend the source."
        case .overflow(let function, let value):
            "\(function): the result at the row with the value \(value) doesn't fit a 64-bit int; use doubles (multiply by 1.0)."
        case .damagedState:
            "A saved indicator state is not of this function and these parameters; run with --full-refresh to compute it anew."
        case .failed(_, let plugin, _): "\(shortly); the table is as it was; to look into it, run: tickbook plugin test \(plugin)"
        }
    }

    /// Without what to do.
    package var shortly: String {
        guard case .failed(let function, let plugin, let reason) = self else { return description }
        return "\(function) of plugin '\(plugin)' failed: \(reason)"
    }

    private func list(_ words: [String]) -> String { words.joined(separator: ", ") }

    private func name(_ entity: [Value]) -> String { entity.isEmpty ? "the table" : list(entity.map(\.description)) }
}
