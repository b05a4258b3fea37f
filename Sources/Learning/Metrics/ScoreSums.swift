import Foundation

/// What metrics need of some rows, and the range of their score keys.
struct ScoreSums: Sendable {
    var rows = 0
    var positives = 0
    private(set) var correct = 0
    private(set) var truePositives = 0
    /// Rows that always predicting the training rows' more frequent class gets right.
    private(set) var majorityCorrect = 0
    private(set) var loss = 0.0
    private(set) var squares = 0.0
    private var lowestKey = UInt64.max
    private var highestKey = UInt64.min
    /// The loss is max(m, 0) - y·m + ln(1 + e^-|m|); the logarithms are taken of products of many rows.
    private var factor = 1.0

    /// nil without rows.
    var keys: ClosedRange<UInt64>? { lowestKey <= highestKey ? lowestKey...highestKey : nil }

    /// Adds the rows `rows` of a block that begins at `start`, and puts their keys into the chunk.
    mutating func add(_ scores: BlockScores, _ chunk: SampleChunk, _ rows: Range<Int>, from start: Int, _ rule: PredictionRule) {
        let (labels, keys) = (chunk.labels, chunk.keys)
        var ones = 0
        for row in rows {
            let (probability, label, margin) = (scores.probabilities[row - start], labels[row], scores.margins[row - start])
            let key = ScoreKey(probability: probability, label: label).bits
            keys[row] = key
            lowestKey = min(lowestKey, key)
            highestKey = max(highestKey, key)
            let (isOne, predictsOne) = (label == 1, probability >= rule.threshold)
            correct += predictsOne == isOne ? 1 : 0
            truePositives += predictsOne && isOne ? 1 : 0
            ones += isOne ? 1 : 0
            squares += (probability - label) * (probability - label)
            loss += max(margin, 0) - label * margin
            factor *= margin < 0 ? 1 - probability : probability
            if factor < 1e-200 { takeLogarithm() }
        }
        self.rows += rows.count
        positives += ones
        majorityCorrect += rule.majority == 1 ? ones : rows.count - ones
    }

    mutating func finish() { takeLogarithm() }

    /// Adds finished sums.
    mutating func add(_ other: ScoreSums) {
        rows += other.rows
        positives += other.positives
        correct += other.correct
        truePositives += other.truePositives
        majorityCorrect += other.majorityCorrect
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

/// What a row is predicted as: by a model, and by who only knows the training rows' labels.
struct PredictionRule: Sendable {
    let threshold: Double
    let majority: Int
}
