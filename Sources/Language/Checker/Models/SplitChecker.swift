import Columnar

/// Checks `split(train = 0.8, embargo = 5)` and `walk_forward(train = 756, test = 63, …)`.
struct SplitChecker {
    static let shareForm = "split(train = 0.8, embargo = 0)"
    static let walkForm = "walk_forward(train = 756, test = 63, step = 63, embargo = 0, expanding = false)"

    let context: CheckContext

    func share(_ call: Call) -> CheckedSplit? {
        guard let settings = ModelSettings(context, call, form: Self.shareForm, names: ["train", "embargo"], required: ["train"]) else {
            return nil
        }
        let train = settings.number("train", expecting: "a share between 0 and 1, such as 0.8") { $0 > 0 && $0 < 1 }
        let embargo = settings.dates("embargo", atLeast: 0)
        guard case .some(.some(let train)) = train, let embargo else { return nil }
        return .share(train: train, embargo: embargo ?? 0)
    }

    func walkForward(_ call: Call) -> CheckedSplit? {
        guard
            let settings = ModelSettings(
                context, call, form: Self.walkForm, names: ["train", "test", "step", "embargo", "expanding"], required: ["train", "test"])
        else { return nil }
        let (train, test) = (settings.dates("train", atLeast: 1), settings.dates("test", atLeast: 1))
        let (step, embargo) = (settings.dates("step", atLeast: 1), settings.dates("embargo", atLeast: 0))
        let expanding = settings.flag("expanding")
        guard case .some(.some(let train)) = train, case .some(.some(let test)) = test, let step, let embargo, let expanding else {
            return nil
        }
        if let step, step < test {
            return settings.fail("step", expecting: "test or more, here \(test), so that no row is judged twice", found: "\(step)")
        }
        return .walkForward(
            CheckedWalkForward(train: train, test: test, step: step ?? test, embargo: embargo ?? 0, expanding: expanding ?? false))
    }
}
