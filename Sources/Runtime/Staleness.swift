/// Why a table or a model is made anew.
package enum Staleness: Sendable, Hashable {
    case neverMade
    case fullRefresh
    case definitionChanged
    /// By input: the version read last time, and the newest.
    case inputsAdvanced([String: Advance])
    /// In a plan: input tables that the run is going to change.
    case inputsWillChange([String])
    case files(new: Int, replaced: Int, withdrawn: Int)

    package struct Advance: Sendable, Hashable {
        package let from: Int?
        package let to: Int
    }
}

extension Staleness: CustomStringConvertible {
    package var description: String {
        switch self {
        case .neverMade: "first run"
        case .fullRefresh: "full refresh asked for"
        case .definitionChanged: "definition changed"
        case .inputsAdvanced(let advances):
            advances.sorted { $0.key < $1.key }.map { name, advance in
                "\(name) \(advance.from.map { "v\($0)" } ?? "none") → v\(advance.to)"
            }.joined(separator: ", ")
        case .inputsWillChange(let names): "\(names.joined(separator: ", ")) change\(names.count == 1 ? "s" : "")"
        case .files(let new, let replaced, let withdrawn):
            [
                new - replaced > 0 ? "\(counted(new - replaced, "new file"))" : nil,
                replaced > 0 ? "\(counted(replaced, "changed file"))" : nil,
                withdrawn - replaced > 0 ? "\(counted(withdrawn - replaced, "withdrawn file"))" : nil,
            ].compactMap(\.self).joined(separator: ", ")
        }
    }
}
