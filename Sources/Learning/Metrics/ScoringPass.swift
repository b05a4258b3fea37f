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
    /// Rows worked on at once: their margins and probabilities stay in the processor's cache.
    private static let blockRows = 1024

    let spool: SampleSpool
    let roles: [ChunkRoles]
    let model: any BlockScoring
    let threads: Int

    /// Sums over the training rows and over the test rows, in row order within a chunk, then by chunk.
    func run() throws -> (train: ScoreSums, test: ScoreSums) {
        let parts = try spool.mapChunks(
            reading: spool.sampleColumns, threads: threads, memory: { BlockScratch(columnCount: 2, rows: Self.blockRows) },
            { index, chunk, scratch -> (ScoreSums, ScoreSums) in
                let (train, scored) = (roles[index].train, roles[index].train + roles[index].test)
                var sums = (ScoreSums(), ScoreSums())
                for start in stride(from: 0, to: scored, by: Self.blockRows) {
                    let end = min(start + Self.blockRows, scored)
                    let scores = try model.score(chunk, start..<end, scratch)
                    sums.0.add(scores, chunk, start..<max(start, min(end, train)), from: start, threshold: model.threshold)
                    sums.1.add(scores, chunk, min(end, max(start, train))..<end, from: start, threshold: model.threshold)
                }
                sums.0.finish()
                sums.1.finish()
                try spool.write(0..<1, ofChunk: index, from: chunk)
                return sums
            })
        return parts.reduce(into: (ScoreSums(), ScoreSums())) { total, part in
            total.0.add(part.0)
            total.1.add(part.1)
        }
    }
}

/// What metrics need of some rows, and the range of their score keys.
struct ScoreSums: Sendable {
    private(set) var correct = 0
    private(set) var loss = 0.0
    private(set) var squares = 0.0
    private var lowestKey = UInt64.max
    private var highestKey = UInt64.min
    /// The loss is max(m, 0) - y·m + ln(1 + e^-|m|); the logarithms are taken of products of many rows.
    private var factor = 1.0

    /// nil without rows.
    var keys: ClosedRange<UInt64>? { lowestKey <= highestKey ? lowestKey...highestKey : nil }

    /// Adds the rows `rows` of a block that begins at `start`, and puts their keys into the chunk.
    fileprivate mutating func add(
        _ scores: BlockScores, _ chunk: SampleChunk, _ rows: Range<Int>, from start: Int, threshold: Double
    ) {
        let (labels, keys) = (chunk.labels, chunk.keys)
        for row in rows {
            let (probability, label, margin) = (scores.probabilities[row - start], labels[row], scores.margins[row - start])
            let key = ScoreKey(probability: probability, label: label).bits
            keys[row] = key
            lowestKey = min(lowestKey, key)
            highestKey = max(highestKey, key)
            correct += (probability >= threshold) == (label == 1) ? 1 : 0
            squares += (probability - label) * (probability - label)
            loss += max(margin, 0) - label * margin
            factor *= margin < 0 ? 1 - probability : probability
            if factor < 1e-200 { takeLogarithm() }
        }
    }

    mutating func finish() { takeLogarithm() }

    /// Adds finished sums.
    mutating func add(_ other: ScoreSums) {
        correct += other.correct
        loss += other.loss
        squares += other.squares
        lowestKey = min(lowestKey, other.lowestKey)
        highestKey = max(highestKey, other.highestKey)
    }

    private mutating func takeLogarithm() {
        loss -= log(factor)
        factor = 1
    }
}

extension Metrics {
    init(sums: ScoreSums, rows: Int, positives: Int, areaUnderCurve: Double?) {
        let count = Double(rows)
        self.init(
            rows: rows, accuracy: Double(sums.correct) / count, logLoss: sums.loss / count, areaUnderCurve: areaUnderCurve,
            brierScore: sums.squares / count, baseRate: Double(positives) / count,
            majorityAccuracy: Double(max(positives, rows - positives)) / count)
    }
}
