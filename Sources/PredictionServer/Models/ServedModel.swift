package import Columnar

/// A model made ready for requests: all that the server knows of it. What each request needs is worked out once.
package final class ServedModel: Sendable {
    /// Gives the probability of 1 of each row. Rows follow one another, each with one finite number per feature in the model's order.
    package typealias Scoring =
        @Sendable (
            _ rows: UnsafeBufferPointer<Double>, _ probabilities: UnsafeMutableBufferPointer<Double>
        ) throws -> Void

    package let name: String
    package let version: Int
    /// Of the types int, double and bool.
    package let features: [Field]
    /// The probability from which a row is predicted as 1.
    package let threshold: Double
    /// What the notebook said of it when it was fitted, as a hash; empty where that is not known.
    package let definitionHash: String
    /// Of the part of it that makes features; nil where that is not known.
    package let featuresHash: String?
    private let scoring: Scoring

    let featureNames: [[UInt8]]
    /// A bool comes as `true` or `false` and a whole number needs a check, so only doubles take the short way.
    let takesOnlyDoubles: Bool
    /// The end of every prediction, from the version on.
    let predictionEnd: [UInt8]

    package init(
        name: String, version: Int, features: [Field], threshold: Double = 0.5, definitionHash: String = "",
        featuresHash: String? = nil, scoring: @escaping Scoring
    ) {
        self.name = name
        self.version = version
        self.features = features
        self.threshold = threshold
        self.definitionHash = definitionHash
        self.featuresHash = featuresHash
        self.scoring = scoring
        featureNames = features.map { Array($0.name.utf8) }
        takesOnlyDoubles = features.allSatisfy { $0.type == .double }
        predictionEnd = Array(",\"model_version\":\"v\(version)\"}".utf8)
    }

    /// The version as paths and answers write it: `v1`.
    package var versionName: String { "v\(version)" }

    package func probabilities(_ rows: [Double]) throws -> [Double] {
        let count = rows.count / features.count
        return try [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
            try rows.withUnsafeBufferPointer { try scoring($0, UnsafeMutableBufferPointer(rebasing: buffer[..<count])) }
            initialized = count
        }
    }

    package func predicts(_ probability: Double) -> Int { probability >= threshold ? 1 : 0 }
}
