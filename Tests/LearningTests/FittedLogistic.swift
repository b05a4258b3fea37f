import Learning

extension TrainedModel {
    /// The fitted logistic regression.
    var model: LogisticModel { classifier as! LogisticModel }
}

extension LoadedModel {
    var model: LogisticModel { classifier as! LogisticModel }
}
