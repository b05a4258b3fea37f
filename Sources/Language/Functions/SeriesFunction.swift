package import Columnar

/// What the checker must know of a function of series: `sma(close, 7)`.
package struct SeriesFunction: Sendable {
    /// A constant argument: `n`, `ddof`, `partial`.
    package struct Parameter: Sendable {
        package let name: String
        package let type: DataType
        /// Nil when the argument must be given.
        package let defaultValue: Value?
        /// The smallest value allowed, for numbers.
        package let minimum: Double?
        package let maximum: Double?

        package init(
            _ name: String, _ type: DataType, default defaultValue: Value? = nil, minimum: Double? = nil, maximum: Double? = nil
        ) {
            self.name = name
            self.type = type
            self.defaultValue = defaultValue
            self.minimum = minimum
            self.maximum = maximum
        }
    }

    /// What each series argument may be.
    package enum Input: Sendable { case double, number, any }

    package let name: String
    /// What plans call it: its name, and before that, of a plugin's function, the plugin and a digest of its code, so that other code
    /// is another function.
    package let identity: String
    /// One sentence, then formula, null rule and source, for help and the reference.
    package let documentation: String
    /// The names of its series arguments and what they may be; ints given for `double` are converted.
    package let inputs: [(name: String, accepts: Input)]
    package let parameters: [Parameter]
    /// The result's type, from the first series argument's.
    package let resultType: @Sendable (DataType) -> DataType
    /// The window, from the parameters' values in their declared order.
    package let window: @Sendable ([Value]) -> Window
    /// What no parameter alone can tell: the parameter at fault and what it must be, or nil when the values go together.
    package let mismatch: @Sendable ([Value]) -> (parameter: String, expected: String)?
    /// The names of its results, chosen as in `macd(close).signal`; empty where there is one without a name.
    package let outputs: [String]

    package init(
        name: String, documentation: String, inputs: [(name: String, accepts: Input)], parameters: [Parameter],
        resultType: @escaping @Sendable (DataType) -> DataType, window: @escaping @Sendable ([Value]) -> Window,
        mismatch: @escaping @Sendable ([Value]) -> (parameter: String, expected: String)? = { _ in nil },
        outputs: [String] = [], identity: String? = nil
    ) {
        self.name = name
        self.identity = identity ?? name
        self.documentation = documentation
        self.inputs = inputs
        self.parameters = parameters
        self.resultType = resultType
        self.window = window
        self.mismatch = mismatch
        self.outputs = outputs
    }

    /// The result that a call without a choice stands for: the one with the function's own name; nil when it must be chosen.
    package var ownOutput: Int? { outputs.isEmpty ? 0 : outputs.firstIndex(of: name) }
}
