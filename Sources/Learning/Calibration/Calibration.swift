import Foundation

/// A rising or falling curve from a model's probability to a calibrated one.
package enum Calibration: Sendable, Hashable, Codable {
    /// The logistic curve of `slope · log odds + intercept`.
    case sigmoid(slope: Double, intercept: Double)
    /// Straight lines between points: `probabilities` of the model, which rise, and what each becomes; level beyond the ends.
    case isotonic(probabilities: [Double], calibrated: [Double])

    /// The nearest to 0 and to 1 that odds are taken of.
    static let certainty = 0x1p-52

    package func calibrated(_ probability: Double) -> Double {
        switch self {
        case .sigmoid(let slope, let intercept):
            LogisticCurve(margin: SIMD4(repeating: slope * Self.logOdds(of: probability) + intercept)).probability[0]
        case .isotonic(let probabilities, let calibrated): Self.interpolated(probability, probabilities, calibrated)
        }
    }

    /// Whether its numbers fit together and give probabilities.
    var isWellFormed: Bool {
        switch self {
        case .sigmoid(let slope, let intercept): slope.isFinite && intercept.isFinite
        case .isotonic(let probabilities, let calibrated):
            !probabilities.isEmpty && probabilities.count == calibrated.count
                && (probabilities + calibrated).allSatisfy { (0...1).contains($0) }
                && zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 < $1 }
                && zip(calibrated, calibrated.dropFirst()).allSatisfy { $0 <= $1 }
        }
    }

    static func logOdds(of probability: Double) -> Double {
        let bounded = min(max(probability, certainty), 1 - certainty)
        return log(bounded / (1 - bounded))
    }

    private static func interpolated(_ x: Double, _ xs: [Double], _ ys: [Double]) -> Double {
        guard x > xs[0] else { return ys[0] }
        guard x < xs[xs.count - 1] else { return ys[ys.count - 1] }
        var (low, high) = (0, xs.count - 1)
        while low + 1 < high {
            let middle = (low + high) / 2
            if xs[middle] <= x { low = middle } else { high = middle }
        }
        let share = (x - xs[low]) / (xs[high] - xs[low])
        return min(max(ys[low] + share * (ys[high] - ys[low]), ys[low]), ys[high])
    }
}
