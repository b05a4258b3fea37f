import Language

/// Candidates of a completion as lines for a terminal: what each is, as far as there is room.
struct CandidateList {
    private let candidates: [Completion.Candidate]
    private let width: Int
    private let height: Int
    /// From so many on they stand in columns, without descriptions.
    private static let mostDescribed = 16

    init(_ candidates: [Completion.Candidate], width: Int, height: Int) {
        self.candidates = candidates
        self.width = max(width, 20)
        self.height = max(height, 4)
    }

    var text: String { lines.map { $0 + "\n" }.joined() }

    private var lines: [String] {
        let room = height - 2
        let all = candidates.count <= min(Self.mostDescribed, room) ? described : inColumns
        guard all.count > room else { return all }
        return all.prefix(room - 1) + ["… \(candidates.count) in all; type more of the name"]
    }

    private var described: [String] {
        let nameWidth = candidates.map { TerminalWidth.of($0.label) }.max() ?? 0
        return candidates.map { candidate in
            let name = padded(candidate.label, to: nameWidth)
            return cut("\(name)  \(candidate.description)")
        }
    }

    private var inColumns: [String] {
        let cell = (candidates.map { TerminalWidth.of($0.label) }.max() ?? 0) + 2
        let columns = max(1, width / cell)
        let rows = (candidates.count + columns - 1) / columns
        return (0..<rows).map { row in
            stride(from: row, to: candidates.count, by: rows).map { padded(candidates[$0].label, to: cell) }.joined()
        }.map(cut)
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - TerminalWidth.of(text)))
    }

    private func cut(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        guard TerminalWidth.of(line) >= width else { return line }
        while TerminalWidth.of(line) >= width - 1 { line.removeLast() }
        return line + "…"
    }
}
