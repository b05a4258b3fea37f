import Columnar

extension CheckedExpression {
    /// The expression as a notebook could write it: parameters are their values, functions of the notebook what they stand for.
    ///
    /// `function` gives a function of series by its identity; arguments that have their default are left out.
    package func code(_ function: (String) -> SeriesFunction?) -> String { syntax(function).code }

    private func syntax(_ function: (String) -> SeriesFunction?) -> Expression {
        switch self {
        case .literal(let value, _): node(.literal(value))
        case .column(let name, _): node(.name(word(name)))
        case .scalar(let operation, let arguments, _): scalar(operation, arguments.map { $0.syntax(function) })
        case .series(let identity, let inputs, let parameters, _, _, let component):
            series(function(identity), identity, inputs.map { $0.syntax(function) }, parameters, component)
        case .aggregate(let aggregate, let argument, _):
            node(.call(call(aggregate.rawValue, argument.map { [positional($0.syntax(function))] } ?? [])))
        }
    }

    private func scalar(_ operation: ScalarFunction, _ arguments: [Expression]) -> Expression {
        switch operation {
        case .negate: node(.unary(.minus, arguments[0]))
        case .not: node(.unary(.not, arguments[0]))
        case .in: node(.binary(.in, arguments[0], node(.list(Array(arguments.dropFirst())))))
        default:
            if let binary = BinaryOperator(rawValue: operation.rawValue), arguments.count == 2 {
                node(.binary(binary, arguments[0], arguments[1]))
            } else {
                node(.call(call(operation.rawValue, arguments.map(positional))))
            }
        }
    }

    private func series(
        _ function: SeriesFunction?, _ identity: String, _ inputs: [Expression], _ parameters: [Value], _ component: Int
    ) -> Expression {
        guard let function, function.parameters.count == parameters.count else {
            return node(.call(call(identity, (inputs + parameters.map { node(.literal($0)) }).map(positional))))
        }
        var arguments = inputs.map(positional)
        for (place, (parameter, value)) in zip(function.parameters, parameters).enumerated() where parameter.defaultValue != value {
            let isPlain = place == 0 || parameter.defaultValue == nil
            arguments.append(Argument(label: isPlain ? nil : word(parameter.name), value: node(.literal(value))))
        }
        let call = call(function.name, arguments)
        return function.ownOutput == component ? node(.call(call)) : node(.output(call, word(function.outputs[component])))
    }

    private func call(_ name: String, _ arguments: [Argument]) -> Call { Call(name: word(name), arguments: arguments, span: Self.nowhere) }
    private func positional(_ value: Expression) -> Argument { Argument(label: nil, value: value) }
    private func word(_ name: String) -> Name { Name(name, Self.nowhere) }
    private func node(_ kind: Expression.Kind) -> Expression { Expression(kind, Self.nowhere) }

    /// It stands in no text.
    private static let nowhere = SourceSpan(0, 0)
}
