package import Columnar
package import Language

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
    /// Which of the function's outputs, by place.
    package let component: Int
    /// The function's own window for these parameters.
    package let window: Window

    package init(
        output: String, function: String, inputs: [String], parameters: [Value], window: Window, component: Int = 0
    ) {
        self.output = output
        self.function = function
        self.inputs = inputs
        self.parameters = parameters
        self.component = component
        self.window = window
    }

    /// The call as explanations show it: `bbands.1(close, 20)`.
    package var code: String {
        "\(SeriesResult.code(function, component))(\((inputs + parameters.map(\.description)).joined(separator: ", ")))"
    }
}
