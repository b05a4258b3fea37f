/// Rows of text under headings, aligned.
struct TextColumns {
    private let headings: [String]
    private let alignedRight: Set<Int>

    init(_ headings: [String], alignedRight: Set<Int> = []) {
        self.headings = headings
        self.alignedRight = alignedRight
    }

    func print(_ rows: [[String]]) {
        let widths = headings.indices.map { column in ([headings] + rows).map { $0[column].count }.max()! }
        for row in [headings] + rows {
            let cells = zip(row.indices, row).map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return alignedRight.contains(column) ? space + text : text + space
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            Terminal.print(line)
        }
    }
}
