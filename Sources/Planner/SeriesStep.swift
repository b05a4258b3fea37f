package import Columnar

/// Series functions to compute, entity by entity in time order, on a stream sorted by key.
package struct SeriesStep: Sendable, Hashable {
    /// The columns whose change of value starts a new entity.
    package let entity: [String]
    /// In dependency order: a call may read the stream's columns and the outputs of earlier calls.
    package let calls: [SeriesCall]
    /// The columns to pass on, of the stream's and the calls', in order.
    package let output: [String]

    package init(entity: [String], calls: [SeriesCall], output: [String]) {
        self.entity = entity
        self.calls = calls
        self.output = output
    }
}

/// One function of series applied: `ma_7 = sma(close, 7)`.
package struct SeriesCall: Sendable, Hashable {
    package let output: String
    package let function: String
    package let inputs: [String]
    /// In the order the function declares them, defaults filled in.
    package let parameters: [Value]

    package init(output: String, function: String, inputs: [String], parameters: [Value]) {
        self.output = output
        self.function = function
        self.inputs = inputs
        self.parameters = parameters
    }
}
