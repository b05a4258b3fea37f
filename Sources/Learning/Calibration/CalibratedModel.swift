import Foundation

/// A model whose probabilities go through a calibration.
package struct CalibratedModel: Classifier {
    let base: any BlockScoring
    package let calibration: Calibration

    package var features: [String] { base.features }
    package var threshold: Double { base.threshold }

    package func probabilities(ofRows rows: UnsafeBufferPointer<Double>, into probabilities: UnsafeMutableBufferPointer<Double>) throws {
        try base.probabilities(ofRows: rows, into: probabilities)
        for row in probabilities.indices { probabilities[row] = calibration.calibrated(probabilities[row]) }
    }
}

extension CalibratedModel: BlockScoring {
    func score(_ chunk: SampleChunk, _ rows: Range<Int>, _ scratch: BlockScratch) throws -> BlockScores {
        let scores = try base.score(chunk, rows, scratch)
        for place in 0..<rows.count {
            let probability = calibration.calibrated(scores.probabilities[place])
            scores.probabilities[place] = probability
            scores.margins[place] = Calibration.logOdds(of: probability)
        }
        return scores
    }
}

extension BlockScoring {
    /// This model with a calibration; a logistic regression under a sigmoid is one again.
    func calibrated(by calibration: Calibration) -> any BlockScoring {
        guard let model = self as? LogisticModel, case .sigmoid(let slope, let intercept) = calibration else {
            return CalibratedModel(base: self, calibration: calibration)
        }
        return LogisticModel(
            features: model.features, means: model.means, scales: model.scales, coefficients: model.coefficients.map { $0 * slope },
            intercept: model.intercept * slope + intercept, threshold: model.threshold)
    }
}
