package import Columnar

/// An expression whose names are resolved and whose types fit; equal expressions mean equal values.
package indirect enum CheckedExpression: Sendable, Hashable {
    case literal(Value, DataType)
    case column(String, DataType)
    case scalar(ScalarFunction, [CheckedExpression], DataType)
    /// `component` is the place of the result among the function's outputs.
    case series(
        function: String, inputs: [CheckedExpression], parameters: [Value], type: DataType, window: Window, component: Int = 0)
    case aggregate(AggregateFunction, CheckedExpression?, DataType)

    package var type: DataType {
        switch self {
        case .literal(_, let type), .column(_, let type), .scalar(_, _, let type), .aggregate(_, _, let type): type
        case .series(_, _, _, let type, _, _): type
        }
    }

    package var children: [CheckedExpression] {
        switch self {
        case .literal, .column: []
        case .scalar(_, let arguments, _): arguments
        case .series(_, let inputs, _, _, _, _): inputs
        case .aggregate(_, let argument, _): argument.map { [$0] } ?? []
        }
    }

    package var containsSeries: Bool {
        if case .series = self { return true }
        return children.contains(where: \.containsSeries)
    }

    /// The columns the expression reads.
    package var columns: Set<String> {
        if case .column(let name, _) = self { return [name] }
        return children.reduce(into: []) { $0.formUnion($1.columns) }
    }

    /// The same expression with columns replaced by what `definition` gives for them.
    package func replacingColumns(_ definition: (String) -> CheckedExpression?) -> CheckedExpression {
        switch self {
        case .literal: self
        case .column(let name, _): definition(name) ?? self
        case .scalar(let function, let arguments, let type):
            .scalar(function, arguments.map { $0.replacingColumns(definition) }, type)
        case .series(let function, let inputs, let parameters, let type, let window, let component):
            .series(
                function: function, inputs: inputs.map { $0.replacingColumns(definition) }, parameters: parameters, type: type,
                window: window, component: component)
        case .aggregate(let function, let argument, let type): .aggregate(function, argument?.replacingColumns(definition), type)
        }
    }
}

extension CheckedExpression: CustomStringConvertible {
    /// The canonical text that definitions are hashed from: `(sma close:double 7 false)`.
    package var description: String {
        switch self {
        case .literal(.string(let text), _): "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        case .literal(let value, let type): "\(value):\(type.rawValue)"
        case .column(let name, let type): "`\(name)`:\(type.rawValue)"
        case .scalar(let function, let arguments, let type):
            "(\(([function.rawValue] + arguments.map(\.description)).joined(separator: " "))):\(type.rawValue)"
        case .series(let function, let inputs, let parameters, _, _, let component):
            "(series \(([SeriesResult.code(function, component)] + inputs.map(\.description) + parameters.map(\.description)).joined(separator: " ")))"
        case .aggregate(let function, let argument, _): "(\(function.rawValue) \(argument?.description ?? "*"))"
        }
    }
}
