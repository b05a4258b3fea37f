import Foundation
import PluginHost

/// A classifier that scores rows where they lie in a chunk.
protocol BlockScoring: Classifier {
    /// `rows` begins at a multiple of four; `scratch` has two columns with room for them.
    func score(_ chunk: SampleChunk, _ rows: Range<Int>, _ scratch: BlockScratch) throws -> BlockScores
}

/// Margins, `ln(p / (1 - p))`, and probabilities of a block's rows.
struct BlockScores {
    let margins: UnsafeMutablePointer<Double>
    let probabilities: UnsafeMutablePointer<Double>

    init(_ scratch: BlockScratch) {
        margins = UnsafeMutableRawPointer(scratch.column(0)).assumingMemoryBound(to: Double.self)
        probabilities = UnsafeMutableRawPointer(scratch.column(1)).assumingMemoryBound(to: Double.self)
    }
}

extension LogisticModel: BlockScoring {
    /// Margins, then probabilities, four rows at a time; the same operations as `probability(of:)`.
    func score(_ chunk: SampleChunk, _ rows: Range<Int>, _ scratch: BlockScratch) -> BlockScores {
        let vectorCount = (rows.count + 3) / 4
        let (margins, probabilities) = (scratch.column(0), scratch.column(1))
        margins.update(repeating: SIMD4(repeating: intercept), count: vectorCount)
        for feature in features.indices {
            let values = UnsafeMutableRawPointer(chunk.feature(feature) + rows.lowerBound).assumingMemoryBound(to: SIMD4<Double>.self)
            let (mean, slope) = (means[feature], coefficients[feature] / scales[feature])
            for index in 0..<vectorCount { margins[index] += (values[index] - mean) * slope }
        }
        let scores = BlockScores(scratch)
        for place in 0..<rows.count where !scores.margins[place].isFinite {
            scores.margins[place] = boundedMargin(of: features.indices.map { chunk.feature($0)[rows.lowerBound + place] })
        }
        for index in 0..<vectorCount { probabilities[index] = LogisticCurve(margin: margins[index]).probability }
        return scores
    }
}

extension PluginModel: BlockScoring {
    /// The nearest to 0 and to 1 that a loss is taken of: a row that a model is wrongly certain of costs 36, not infinity.
    private static let certainty = 0x1p-52

    func score(_ chunk: SampleChunk, _ rows: Range<Int>, _ scratch: BlockScratch) throws -> BlockScores {
        let scores = BlockScores(scratch)
        let columns = features.indices.map { UnsafePointer(chunk.feature($0) + rows.lowerBound) }
        do {
            try fitted.predict(columns, count: rows.count, into: scores.probabilities)
        } catch {
            throw LearningFault("\(error)")
        }
        for place in 0..<rows.count {
            let probability = min(max(scores.probabilities[place], Self.certainty), 1 - Self.certainty)
            scores.margins[place] = log(probability / (1 - probability))
        }
        return scores
    }
}
