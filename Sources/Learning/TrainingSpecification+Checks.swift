import Foundation

extension TrainingSpecification {
    func check() throws(LearningFault) {
        if features.isEmpty { throw LearningFault("a model needs at least one feature; name some in features(…)") }
        switch split {
        case .share(let train, let embargo):
            if !(train > 0 && train < 1) { throw LearningFault("train is \(train); expected a share above 0 and below 1, such as 0.8") }
            if embargo < 0 { throw LearningFault("embargo is \(embargo); expected a number of dates, 0 or more") }
        case .walkForward(let walk): try check(walk)
        case nil: break
        }
        if let calibration, !(calibration.share > 0 && calibration.share < 1) {
            throw LearningFault("share is \(calibration.share); expected a share above 0 and below 1, such as 0.2")
        }
        if case .logistic(let logistic) = method { try check(logistic) }
    }

    private func check(_ walk: WalkForward) throws(LearningFault) {
        guard walk.train > 0, walk.test > 0, walk.step >= walk.test, walk.embargo >= 0 else {
            throw LearningFault(
                "walk_forward needs train and test of 1 date or more, a step no smaller than test, and an embargo of 0 or more")
        }
    }

    private func check(_ logistic: LogisticParameters) throws(LearningFault) {
        if !(logistic.inverseRegularization > 0 && logistic.inverseRegularization.isFinite) {
            throw LearningFault("C is \(logistic.inverseRegularization); expected a number above 0, such as 1.0")
        }
        if !(logistic.tolerance > 0) { throw LearningFault("tolerance is \(logistic.tolerance); expected a number above 0") }
        if !(0...1).contains(logistic.threshold) {
            throw LearningFault("threshold is \(logistic.threshold); expected a probability from 0 to 1, such as 0.5")
        }
    }

    func check(_ counts: RowCounts) throws(LearningFault) {
        guard counts.train > 0 else {
            throw LearningFault(
                "all \(counts.purged) rows before the split are purged, because their target depends on rows \(purgeReason);"
                    + " take more data, a larger train or a shorter look-ahead")
        }
        guard counts.trainPositives > 0, counts.trainPositives < counts.train else {
            throw LearningFault(
                "target \(targetName) is \(counts.trainPositives == 0 ? 0 : 1) in all \(counts.train) training rows, and a"
                    + " classifier needs both classes; take more data or another target")
        }
    }

    private var purgeReason: String {
        let embargo = split?.embargo ?? 0
        return embargo > 0 ? "of the test period or of the \(embargo == 1 ? "date" : "\(embargo) dates") before it" : "of the test period"
    }

    func noUsableRows(_ unusable: UnusableRows) -> LearningFault {
        guard unusable.total > 0 else { return LearningFault("there are no rows to train on; check that the input table has rows") }
        let reasons = unusable.byColumn.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) in \($0.value)" }
        return LearningFault(
            "none of the \(unusable.total) rows can be used for training: a value is missing or not finite"
                + " (\(reasons.joined(separator: ", "))); check the windows of the features and the target's look-ahead against the number of rows per entity"
        )
    }

    func emptyTest(_ fraction: Double, rows: Int) -> LearningFault {
        LearningFault(
            "no \(time) has \(percentage(fraction)) % of the \(rows) usable rows before it, so the"
                + " test side is empty; take more data or a smaller train")
    }

    private func percentage(_ share: Double) -> String { String(format: "%.4g", share * 100) }

    func emptyCalibration(_ share: Double) -> LearningFault {
        LearningFault(
            "calibrate finds no \(time) that sets the latest \(percentage(share)) % of the training rows apart;"
                + " take more data, another share, or leave calibrate out")
    }
}

extension Standardization {
    func check(featureNames: [String]) throws(LearningFault) {
        for (index, name) in featureNames.enumerated() where !means[index].isFinite || !scales[index].isFinite {
            throw LearningFault("feature \(name) has values too large to standardise; filter them with where(…) or scale \(name) down")
        }
    }
}
