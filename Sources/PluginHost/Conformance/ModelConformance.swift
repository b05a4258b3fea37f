import Columnar
import Foundation
import Language

/// What every kind of model of a plugin keeps.
package enum ModelRule: String, Sendable, CaseIterable {
    case repeatableFit = "the same rows and parameters give the same bytes"
    case loading = "the same bytes give the same probabilities"
    case rowByRow = "a row alone gives what it gives among others"
    case featureCount = "bytes are declined for another number of features"
    case reading = "a fit ends when its rows can't be read"
    case cancellation = "a fit ends when it is not wanted any more"
}

package struct ModelViolation: Sendable, Hashable, CustomStringConvertible {
    package let rule: ModelRule
    package let model: String
    package let detail: String

    package var description: String { "\(model): broken: \(rule.rawValue): \(detail)" }
}

/// Fits one kind of model, with its default parameters, to made-up rows and looks for rules that it breaks. The rows are the same in every
/// run.
package struct ModelConformance {
    private static let rowCount = 1000

    private let model: NativeModel
    private let parameters: [Value]

    package init(_ model: NativeModel) {
        self.model = model
        parameters = model.function.parameters.map { parameter in
            parameter.defaultValue ?? (parameter.type == .int ? .int(Int64(parameter.minimum ?? 1)) : .double(parameter.minimum ?? 1))
        }
    }

    /// The broken rules, at most one violation each; a model that fails altogether is thrown.
    package func violations() throws -> [ModelViolation] {
        let samples = MadeUpSamples(rows: Self.rowCount)
        let bytes = try model.fit(samples, parameters: parameters)
        let together = try probabilities(bytes, samples)
        return try ModelRule.allCases.compactMap { rule in
            try violation(of: rule, samples, bytes, together).map { ModelViolation(rule: rule, model: model.name, detail: $0) }
        }
    }

    private func violation(of rule: ModelRule, _ samples: MadeUpSamples, _ bytes: [UInt8], _ together: [Double]) throws -> String? {
        switch rule {
        case .repeatableFit:
            try model.fit(samples, parameters: parameters) == bytes ? nil : "a second fit gave other bytes"
        case .loading: difference(together, try probabilities(bytes, samples), "loaded again")
        case .rowByRow: difference(together, try probabilities(bytes, samples, atOnce: 1), "alone")
        case .featureCount:
            (try? model.load(bytes, featureCount: samples.featureNames.count + 1)) == nil
                ? nil : "they were taken for \(samples.featureNames.count + 1)"
        case .reading: ends(MadeUpSamples(rows: Self.rowCount, fault: .reading), "its rows could not be read")
        case .cancellation: ends(MadeUpSamples(rows: Self.rowCount, fault: .cancellation), "it was not wanted")
        }
    }

    /// What reading throws ends the fit whatever the plugin gives, so that the number of calls after it shows whether it stopped.
    private func ends(_ samples: MadeUpSamples, _ reason: String) -> String? {
        _ = try? model.fit(samples, parameters: parameters)
        return samples.callsAfterFault > 2
            ? "it asked \(samples.callsAfterFault) times more after \(reason)" : samples.hasFailed ? nil : "it never asked"
    }

    private func probabilities(_ bytes: [UInt8], _ samples: MadeUpSamples, atOnce: Int = rowCount) throws -> [Double] {
        let fitted = try model.load(bytes, featureCount: samples.featureNames.count)
        var results = [Double](repeating: .nan, count: samples.rowCount)
        for start in stride(from: 0, to: samples.rowCount, by: atOnce) {
            let rows = start..<min(start + atOnce, samples.rowCount)
            try results.withUnsafeMutableBufferPointer { results in
                try samples.withColumns(rows) { try fitted.predict($0, count: rows.count, into: results.baseAddress! + start) }
            }
        }
        return results
    }

    private func difference(_ first: [Double], _ second: [Double], _ how: String) -> String? {
        guard let row = first.indices.first(where: { first[$0].bitPattern != second[$0].bitPattern }) else { return nil }
        return "row \(row) gives \(first[row]), and \(how) \(second[row])"
    }
}

/// Rows of three features of which the first two tell something of the label.
private final class MadeUpSamples: ModelSamples {
    enum Fault: Error { case reading, cancellation }

    let featureNames = ["first", "second", "third"]
    let rowCount: Int
    private let columns: [[Double]]
    private let labels: [Double]
    private let fault: Fault?
    private(set) var hasFailed = false
    private(set) var callsAfterFault = 0

    init(rows: Int, fault: Fault? = nil) {
        var noise = Noise(state: 7)
        let columns = (0..<3).map { _ in (0..<rows).map { _ in Double(noise.next() % 20_001) / 10_000 - 1 } }
        labels = (0..<rows).map { columns[0][$0] - columns[1][$0] + Double(noise.next() % 1000) / 1000 > 0.5 ? 1 : 0 }
        self.columns = columns
        self.fault = fault
        rowCount = rows
    }

    func read(_ rows: Range<Int>, features: [UnsafeMutablePointer<Double>], labels: UnsafeMutablePointer<Double>) throws {
        if fault == .reading { try fail(.reading) }
        for (place, row) in rows.enumerated() {
            for feature in columns.indices { features[feature][place] = columns[feature][row] }
            labels[place] = self.labels[row]
        }
    }

    func checkCancellation() throws {
        if fault == .cancellation { try fail(.cancellation) }
    }

    func withColumns(_ rows: Range<Int>, _ body: ([UnsafePointer<Double>]) throws -> Void) rethrows {
        try columns[0].withUnsafeBufferPointer { first in
            try columns[1].withUnsafeBufferPointer { second in
                try columns[2].withUnsafeBufferPointer { third in
                    try body([first, second, third].map { $0.baseAddress! + rows.lowerBound })
                }
            }
        }
    }

    private func fail(_ fault: Fault) throws {
        if hasFailed { callsAfterFault += 1 }
        hasFailed = true
        throw fault
    }
}
