/// Finds the known name that a misspelt one most likely meant.
package enum NearestName {
    /// The closest candidate within one mistake per three letters (at least one), case aside; the first of equals.
    package static func of(_ name: String, among candidates: [String]) -> String? {
        let allowed = max(1, name.count / 3)
        var nearest: (name: String, distance: Int)?
        for candidate in candidates where candidate != name {
            let distance = distance(name.lowercased(), candidate.lowercased())
            // With so few letters in common, any short name would do.
            guard distance <= allowed, distance < max(name.count, candidate.count) - 1 || distance == 0 else { continue }
            if nearest.map({ distance < $0.distance }) ?? true { nearest = (candidate, distance) }
        }
        return nearest?.name
    }

    /// Damerau–Levenshtein distance in its restricted form: insertions, deletions, substitutions and swaps of neighbours.
    package static func distance(_ first: String, _ second: String) -> Int {
        let first = Array(first)
        let second = Array(second)
        var beforeLast: [Int] = []
        var last = Array(0...second.count)
        for (row, letter) in first.enumerated() {
            var current = [row + 1]
            for (column, other) in second.enumerated() {
                var best = min(last[column + 1], current[column]) + 1
                best = min(best, last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == second[column - 1], first[row - 1] == other {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[second.count]
    }
}
