import Foundation

/// What a fit gives reason to doubt; it went through nevertheless.
enum FitWarning: Sendable, Hashable {
    case constantFeature(String)
    case dependentFeature(DependentFeature)
    case noSplit
    case fewIsotonicRows(Int)
    /// The calibration gives higher probabilities to what the model gives lower ones.
    case turnedAround
    /// Log loss of the test rows without and with the calibration.
    case worsened(from: Double, to: Double)

    private static let fewRows = 1000

    static func of(_ calibration: Calibration, rows: Int) -> [FitWarning] {
        switch calibration {
        case .isotonic where rows < fewRows: [.fewIsotonicRows(rows)]
        case .sigmoid(let slope, _) where slope < 0: [.turnedAround]
        default: []
        }
    }

    static func worsening(from before: Double?, to after: Double) -> FitWarning? {
        before.flatMap { after > $0 ? .worsened(from: $0, to: after) : nil }
    }

    /// The same for warnings that differ only in numbers.
    var kind: FitWarning {
        switch self {
        case .fewIsotonicRows: .fewIsotonicRows(0)
        case .worsened: .worsened(from: 0, to: 0)
        default: self
        }
    }
}

extension FitWarning: CustomStringConvertible {
    var description: String {
        switch self {
        case .constantFeature(let name): "feature \(name) has one value in all training rows, so it has no effect; leave it out"
        case .dependentFeature(let feature):
            "\(feature), so they share one effect, and no coefficient alone means anything; leave \(feature.name) out"
        case .noSplit:
            "it has no split, so its figures are those of the rows it was fitted to; add | split(train = 0.8) to judge it on others"
        case .fewIsotonicRows(let rows):
            "isotonic calibration has only \(rows) rows and follows their chance below about 1,000; use calibrate(sigmoid), or a larger share"
        case .turnedAround:
            "on the rows it was calibrated on, the model's higher probabilities came true less often, and the calibration turned"
                + " them around; the model has likely learnt nothing that lasts"
        case .worsened(let before, let after):
            "calibration raised the log loss of the test rows from \(Self.decimals(before)) to \(Self.decimals(after));"
                + " leave calibrate out, or give it more rows with a larger share"
        }
    }

    private static func decimals(_ number: Double) -> String { String(format: "%.6f", number) }
}
