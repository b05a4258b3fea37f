import Foundation

/// How well a model's probabilities meet the labels of some rows; fractions are within 0...1.
package struct Metrics: Sendable, Hashable, Codable {
    package let rows: Int
    package let accuracy: Double
    /// Mean of `-ln(probability given to the row's label)`.
    package let logLoss: Double
    /// Area under the ROC curve, ties counted half; nil when only one class is there.
    package let areaUnderCurve: Double?
    /// Mean squared distance of probability and label.
    package let brierScore: Double
    /// Share of rows with label 1.
    package let baseRate: Double
    /// Accuracy of always predicting the more frequent class of these rows.
    package let majorityAccuracy: Double
}

/// Puts each row's score key into the spool's first column, in place of its time, and adds up what metrics need.
struct ScoringPass: Sendable {
    struct Sums: Sendable {
        var correct = 0
        var loss = 0.0
        var squares = 0.0
    }

    let spool: SampleSpool
    let roles: [ChunkRoles]
    let model: LogisticModel
    let threads: Int

    /// Sums over the training rows and over the test rows, in row order within a chunk, then by chunk.
    func run() throws -> (train: Sums, test: Sums) {
        let parts = try spool.mapChunks(threads: threads) { index, chunk -> (Sums, Sums) in
            try spool.read(1..<spool.columnCount - 1, ofChunk: index, into: chunk)
            let (train, test) = (roles[index].train, roles[index].test)
            score(chunk, rows: train + test)
            let sums = (sums(of: chunk, rows: 0..<train), sums(of: chunk, rows: train..<train + test))
            for row in 0..<train + test { chunk.keys[row] = ScoreKey(probability: chunk.scores[row], label: chunk.labels[row]).bits }
            try spool.write(0..<1, ofChunk: index, from: chunk)
            return sums
        }
        return parts.reduce(into: (Sums(), Sums())) { total, part in
            total.0.add(part.0)
            total.1.add(part.1)
        }
    }

    /// Margins, then probabilities, four rows at a time; the same operations as `LogisticModel.probability`.
    private func score(_ chunk: SampleChunk, rows: Int) {
        let vectorCount = (rows + 3) / 4
        let scores = UnsafeMutableRawPointer(chunk.scores).assumingMemoryBound(to: SIMD4<Double>.self)
        scores.update(repeating: SIMD4(repeating: model.intercept), count: vectorCount)
        for feature in model.means.indices {
            let values = UnsafeMutableRawPointer(chunk.feature(feature)).assumingMemoryBound(to: SIMD4<Double>.self)
            let (mean, slope) = (model.means[feature], model.coefficients[feature] / model.scales[feature])
            for index in 0..<vectorCount { scores[index] += (values[index] - mean) * slope }
        }
        for row in 0..<rows where !chunk.scores[row].isFinite {
            chunk.scores[row] = model.boundedMargin(of: model.means.indices.map { chunk.feature($0)[row] })
        }
        // The label end column is not needed any more: it keeps the margins.
        UnsafeMutableRawPointer(chunk.labelEnds).assumingMemoryBound(to: SIMD4<Double>.self).update(from: scores, count: vectorCount)
        for index in 0..<vectorCount { scores[index] = LogisticCurve(margin: scores[index]).probability }
    }

    private func sums(of chunk: SampleChunk, rows: Range<Int>) -> Sums {
        let (scores, labels) = (chunk.scores, chunk.labels)
        let margins = UnsafeMutableRawPointer(chunk.labelEnds).assumingMemoryBound(to: Double.self)
        var sums = Sums()
        // The loss is max(m, 0) - y·m + ln(1 + e^-|m|); the logarithms are taken of products of many rows.
        var factor = 1.0
        for row in rows {
            let (probability, label, margin) = (scores[row], labels[row], margins[row])
            sums.correct += (probability >= model.threshold) == (label == 1) ? 1 : 0
            sums.squares += (probability - label) * (probability - label)
            sums.loss += max(margin, 0) - label * margin
            factor *= margin < 0 ? 1 - probability : probability
            if factor < 1e-200 {
                sums.loss -= log(factor)
                factor = 1
            }
        }
        sums.loss -= log(factor)
        return sums
    }
}

extension ScoringPass.Sums {
    mutating func add(_ other: ScoringPass.Sums) {
        correct += other.correct
        loss += other.loss
        squares += other.squares
    }
}

extension Metrics {
    init(sums: ScoringPass.Sums, rows: Int, positives: Int, areaUnderCurve: Double?) {
        let count = Double(rows)
        self.init(
            rows: rows, accuracy: Double(sums.correct) / count, logLoss: sums.loss / count, areaUnderCurve: areaUnderCurve,
            brierScore: sums.squares / count, baseRate: Double(positives) / count,
            majorityAccuracy: Double(max(positives, rows - positives)) / count)
    }
}
