import Columnar

/// Checks `calibrate(sigmoid)` and `calibrate(isotonic, share = 0.2)`.
struct CalibrationChecker {
    static let form = "calibrate(sigmoid, share = 0.2)"

    let context: CheckContext

    func check(_ call: Call) -> CheckedCalibration? {
        guard let settings = ModelSettings(context, call, form: Self.form, positional: ["method"], names: ["share"], required: ["method"])
        else { return nil }
        let method: CheckedCalibration.Method?? = settings.choice("method")
        let share = settings.number("share", expecting: "a share between 0 and 1, such as 0.2") { $0 > 0 && $0 < 1 }
        guard case .some(.some(let method)) = method, let share else { return nil }
        return CheckedCalibration(method: method, share: share ?? 0.2)
    }
}
