package import Columnar

/// A fitted model and how its fit went.
package struct TrainedModel: Sendable {
    package let classifier: any Classifier
    package let report: TrainingReport
    /// The model's features in order, with their column types.
    package let featureTypes: [Field]
}

/// How a fit went.
package struct TrainingReport: Sendable, Hashable, Codable {
    package let rows: RowCounts
    /// The first time of the test rows, ISO 8601; nil without a split.
    package let splitTime: String?
    package let trainMetrics: Metrics
    package let testMetrics: Metrics?
    /// Nil where the kind of model does not say.
    package let iterations: Int?
    /// The largest partial derivative of the mean objective at the answer, by size; nil where the kind of model has none.
    package let gradientSize: Double?
    package let warnings: [String]
}

/// What became of the rows of the sample stream.
package struct RowCounts: Sendable, Hashable, Codable {
    package let train: Int
    package let test: Int
    /// Rows before the split whose label was not known yet when the test period began.
    package let purged: Int
    package let unusable: UnusableRows
    package let trainPositives: Int
    package let testPositives: Int

    init(roles: [ChunkRoles], unusable: UnusableRows) {
        train = roles.reduce(0) { $0 + $1.train }
        test = roles.reduce(0) { $0 + $1.test }
        purged = roles.reduce(0) { $0 + $1.purged }
        trainPositives = roles.reduce(0) { $0 + $1.trainPositives }
        testPositives = roles.reduce(0) { $0 + $1.testPositives }
        self.unusable = unusable
    }
}

extension SampleGathering {
    /// A time of the rows in ISO 8601.
    func describe(_ time: Int64) -> String {
        (timeType == .date ? Value.date(Int32(time)) : Value.timestamp(time)).description
    }
}
