package import Columnar

/// A fitted model and how its fit went.
package struct TrainedModel: Sendable {
    package let classifier: any Classifier
    package let report: TrainingReport
    /// The model's features in order, with their column types.
    package let featureTypes: [Field]
}

/// How a fit went. Models of earlier releases lack the optional parts.
package struct TrainingReport: Sendable, Hashable, Codable {
    /// Of a model that walked forward: the training rows of the model that is kept, the test and purged rows of all folds.
    package let rows: RowCounts
    /// The first time of the test rows, ISO 8601; nil without a split.
    package let splitTime: String?
    /// Figures of the rows the model was fitted to: they say how well it fits, not how well it predicts.
    package let trainMetrics: Metrics
    /// Figures of rows the model was not fitted to; of all folds together where it walked forward.
    package let testMetrics: Metrics?
    /// Nil where the kind of model does not say.
    package let iterations: Int?
    /// The largest partial derivative of the mean objective at the answer, by size; nil where the kind of model has none.
    package let gradientSize: Double?
    package let warnings: [String]
    /// Of a model that walked forward, in order of time.
    package var folds: [FoldReport]?
    /// Figures of each entity's test rows, by name.
    package var entities: [EntityReport]?
    package var calibration: CalibrationReport?

    /// Figures to judge the model by, and whether they are of rows it was not fitted to.
    package var judgement: (metrics: Metrics, isHeldOut: Bool) { (testMetrics ?? trainMetrics, testMetrics != nil) }
}

/// One training window and the dates after it; dates are ISO 8601 and belong to the window or period.
package struct FoldReport: Sendable, Hashable, Codable {
    package let trainStart: String
    package let trainEnd: String
    package let testStart: String
    package let testEnd: String
    package let trainRows: Int
    package let purgedRows: Int
    package let metrics: Metrics
}

/// Figures of the test rows of one entity.
package struct EntityReport: Sendable, Hashable, Codable {
    package let entity: String
    package let metrics: Metrics
}

/// What became of the rows of the sample stream.
package struct RowCounts: Sendable, Hashable, Codable {
    package let train: Int
    package let test: Int
    /// Rows before a test period whose label was not known yet when it began, and those of the embargo.
    package let purged: Int
    package let unusable: UnusableRows
    package let trainPositives: Int
    package let testPositives: Int
    /// Rows the model was calibrated on; nil where it was not.
    package let calibration: Int?

    init(roles: [ChunkRoles], unusable: UnusableRows) {
        train = roles.reduce(0) { $0 + $1.train }
        test = roles.reduce(0) { $0 + $1.test }
        purged = roles.reduce(0) { $0 + $1.counts.purged }
        trainPositives = roles.reduce(0) { $0 + $1.positives.train }
        testPositives = roles.reduce(0) { $0 + $1.positives.test }
        let calibration = roles.reduce(0) { $0 + $1.counts.calibration }
        self.calibration = calibration > 0 ? calibration : nil
        self.unusable = unusable
    }

    /// Of the model that is kept, with what its folds were tested on.
    init(_ final: RowCounts, test: ScoreSums, purged: Int, unusable: UnusableRows) {
        (train, trainPositives, calibration) = (final.train, final.trainPositives, final.calibration)
        (self.test, testPositives) = (test.rows, test.positives)
        (self.purged, self.unusable) = (purged, unusable)
    }
}

extension SampleGathering {
    /// A time of the rows in ISO 8601.
    func describe(_ time: Int64) -> String {
        (timeType == .date ? Value.date(Int32(time)) : Value.timestamp(time)).description
    }
}
