import Language
import Learning

extension SampleSplit {
    init(_ checked: CheckedSplit) {
        switch checked {
        case .share(let train, let embargo): self = .share(train: train, embargo: embargo)
        case .walkForward(let walk):
            self = .walkForward(
                WalkForward(train: walk.train, test: walk.test, step: walk.step, embargo: walk.embargo, expanding: walk.expanding))
        }
    }
}

extension CalibrationParameters {
    init(_ checked: CheckedCalibration) {
        self.init(method: checked.method == .sigmoid ? .sigmoid : .isotonic, share: checked.share)
    }
}
