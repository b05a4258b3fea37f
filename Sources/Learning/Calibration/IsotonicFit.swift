/// Fits the rising step curve nearest to the labels by squares, by pooling neighbours that fall: Ayer and others, "An empirical
/// distribution function for sampling with incomplete information" (1955).
struct IsotonicFit {
    /// All rows are sorted in memory, 16 bytes each.
    static let mostRows = 1 << 22

    /// Scores of one value, or blocks of them, and the mean of their labels.
    private struct Block {
        let first: Double
        var last: Double
        var rows: Double
        var positives: Double

        var mean: Double { positives / rows }
    }

    /// Scored with probabilities.
    let rows: CalibrationRows

    func fit() throws -> Calibration {
        guard rows.count <= Self.mostRows else {
            throw LearningFault(
                "isotonic calibration takes at most \(Self.mostRows) rows, and there are \(rows.count); use calibrate(sigmoid), or a smaller share"
            )
        }
        let pairs = try rows.map { zip($0, $1).map { (score: $0, label: $1) } }.flatMap(\.self).sorted { $0.score < $1.score }
        var blocks: [Block] = []
        for value in merged(pairs) { push(value, onto: &blocks) }
        return curve(of: blocks)
    }

    /// One block for each distinct score.
    private func merged(_ pairs: [(score: Double, label: Double)]) -> [Block] {
        var values: [Block] = []
        for pair in pairs {
            if values.last?.first == pair.score {
                values[values.count - 1].rows += 1
                values[values.count - 1].positives += pair.label
            } else {
                values.append(Block(first: pair.score, last: pair.score, rows: 1, positives: pair.label))
            }
        }
        return values
    }

    private func push(_ value: Block, onto blocks: inout [Block]) {
        var block = value
        while let before = blocks.last, before.mean >= block.mean {
            block = Block(
                first: before.first, last: block.last, rows: before.rows + block.rows, positives: before.positives + block.positives)
            blocks.removeLast()
        }
        blocks.append(block)
    }

    private func curve(of blocks: [Block]) -> Calibration {
        var (probabilities, calibrated): ([Double], [Double]) = ([], [])
        for block in blocks {
            for end in block.first < block.last ? [block.first, block.last] : [block.first] {
                probabilities.append(end)
                calibrated.append(block.mean)
            }
        }
        return .isotonic(probabilities: probabilities, calibrated: calibrated)
    }
}
