extension Trainer {
    func check(_ specification: TrainingSpecification) throws(LearningFault) {
        if specification.features.isEmpty { throw LearningFault("a model needs at least one feature; name some in features(…)") }
        if let fraction = specification.trainFraction, !(fraction > 0 && fraction < 1) {
            throw LearningFault("train is \(fraction); expected a share above 0 and below 1, such as 0.8")
        }
        guard case .logistic(let logistic) = specification.method else { return }
        if !(logistic.inverseRegularization > 0 && logistic.inverseRegularization.isFinite) {
            throw LearningFault("C is \(logistic.inverseRegularization); expected a number above 0, such as 1.0")
        }
        if !(logistic.tolerance > 0) { throw LearningFault("tolerance is \(logistic.tolerance); expected a number above 0") }
        if !(0...1).contains(logistic.threshold) {
            throw LearningFault("threshold is \(logistic.threshold); expected a probability from 0 to 1, such as 0.5")
        }
    }

    func check(_ counts: RowCounts, _ specification: TrainingSpecification) throws(LearningFault) {
        guard counts.train > 0 else {
            throw LearningFault(
                "all \(counts.purged) rows before the split are purged, because their target depends on rows of the test period;"
                    + " take more data, a larger train or a shorter look-ahead")
        }
        guard counts.trainPositives > 0, counts.trainPositives < counts.train else {
            throw LearningFault(
                "\(specification.target) is \(counts.trainPositives == 0 ? 0 : 1) in all \(counts.train) training rows, and a"
                    + " classifier needs both classes; take more data or another target")
        }
    }

    func check(_ standardization: Standardization, _ specification: TrainingSpecification) throws(LearningFault) {
        for (index, name) in specification.features.enumerated()
        where !standardization.means[index].isFinite || !standardization.scales[index].isFinite {
            throw LearningFault("feature \(name) has values too large to standardise; filter them with where(…) or scale \(name) down")
        }
    }

    func noUsableRows(_ unusable: UnusableRows) -> LearningFault {
        guard unusable.total > 0 else { return LearningFault("there are no rows to train on; check that the input table has rows") }
        let reasons = unusable.byColumn.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) in \($0.value)" }
        return LearningFault(
            "none of the \(unusable.total) rows can be used for training: a value is missing or not finite"
                + " (\(reasons.joined(separator: ", "))); check the windows of the features against the number of rows per entity")
    }

    func percent(_ fraction: Double) -> String { "\((fraction * 10_000).rounded() / 100) %" }
}
