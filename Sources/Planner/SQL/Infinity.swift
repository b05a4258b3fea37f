package import Language

extension ScalarFunction {
    /// Whether finite doubles may give one that is not.
    package var mayOverflow: Bool {
        switch self {
        case .add, .subtract, .multiply, .divide, .remainder, .negate, .exp, .power, .round, .toDouble: true
        default: false
        }
    }

    /// Whether the result is not finite wherever this argument is not.
    func carriesInfinity(ofArgument index: Int) -> Bool {
        switch self {
        case .add, .subtract, .multiply, .negate: true
        case .divide, .remainder: index == 0
        default: false
        }
    }
}
