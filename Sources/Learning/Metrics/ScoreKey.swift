/// A probability and a label as one whole number that orders as they do: the probability's bits, then the label as lowest bit.
struct ScoreKey {
    /// Keys of all probabilities from 0 to 1.
    static let all = ScoreKey(probability: 0, label: 0).bits...ScoreKey(probability: 1, label: 1).bits

    let bits: UInt64

    @inline(__always)
    init(probability: Double, label: Double) { bits = probability.bitPattern << 1 | (label == 1 ? 1 : 0) }

    @inline(__always)
    static func probability(of bits: UInt64) -> Double { Double(bitPattern: bits >> 1) }
}

/// The pairs of a row with label 1 and a row with label 0 that the former wins, doubled; a tie counts as half a win.
struct PairWins {
    private(set) var doubled = 0
    private var negativesBelow: Int
    private var tie = (score: UInt64.max, positives: 0, negatives: 0)

    /// Starts above `negativesBelow` rows of label 0.
    init(negativesBelow: Int) { self.negativesBelow = negativesBelow }

    /// Keys come in rising order.
    @inline(__always)
    mutating func append(key: UInt64) {
        if key >> 1 != tie.score {
            endTie()
            tie.score = key >> 1
        }
        if key & 1 == 1 { tie.positives += 1 } else { tie.negatives += 1 }
    }

    mutating func appendTie(positives: Int, negatives: Int) {
        doubled += positives * (2 * negativesBelow + negatives)
        negativesBelow += negatives
    }

    mutating func endTie() {
        appendTie(positives: tie.positives, negatives: tie.negatives)
        tie = (.max, 0, 0)
    }
}
