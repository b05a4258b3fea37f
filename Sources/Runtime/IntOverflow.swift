import Columnar
import Engine
import Language

/// An int result that needs more than 64 bits, as the engine tells of it.
package struct IntOverflow: Error, CustomStringConvertible {
    private enum Operation {
        case scalar(ScalarFunction)
        case sum
    }

    private let operation: Operation
    private let calculation: String
    /// The columns and conditions it may have happened in.
    private var places: [String] = []

    /// Nil where the fault is another.
    package init?(_ error: any Error) {
        guard case EngineFault.statement(let message) = error else { return nil }
        if let match = message.firstMatch(of: /Overflow in (addition|subtraction|multiplication) of INT64 \((.+?)\)!/) {
            operation = .scalar(match.1 == "addition" ? .add : match.1 == "subtraction" ? .subtract : .multiply)
            calculation = String(match.2)
        } else if message.contains("Overflow in negation of") {
            operation = .scalar(.negate)
            calculation = "-(\(Int64.min))"
        } else if message.contains("Overflow on abs(") {
            operation = .scalar(.abs)
            calculation = "abs(\(Int64.min))"
        } else if let match = message.firstMatch(of: /Type INT128 with value (-?\d+) can't be cast .* type INT64/) {
            operation = .sum
            calculation = "a sum of \(match.1)"
        } else {
            return nil
        }
    }

    package var description: String {
        let place = places.isEmpty ? "" : ", in \(places.joined(separator: " or "))"
        return "An int result needs more than 64 bits: \(calculation)\(place). "
            + "Mend the source, or calculate with doubles there: double(…)."
    }

    /// Looks for the steps that make such a calculation; where there is one, its place is returned.
    mutating func locate(in pipeline: CheckedPipeline) -> SourceSpan? {
        var spans: [SourceSpan] = []
        for step in pipeline.steps {
            let names = step.kind.expressions.filter { makes($0.expression) }.map(\.name)
            guard !names.isEmpty else { continue }
            places += names
            spans.append(step.span)
        }
        return spans.count == 1 ? spans[0] : nil
    }

    private func makes(_ expression: CheckedExpression) -> Bool {
        switch (expression, operation) {
        case (.scalar(let function, _, .int), .scalar(let other)) where function == other: true
        case (.aggregate(.sum, _, .int), .sum): true
        default: expression.children.contains(where: makes)
        }
    }
}

extension CheckedStep.Kind {
    /// What the step calculates, with a name for each.
    fileprivate var expressions: [(name: String, expression: CheckedExpression)] {
        switch self {
        case .select(let columns), .derive(let columns): columns.map { ("column '\($0.name)'", $0.expression) }
        case .summarize(let groups, let aggregates): (groups + aggregates).map { ("column '\($0.name)'", $0.expression) }
        case .filter(let conditions): conditions.map { ("where", $0) }
        case .sort(let terms): terms.map { ("sort", $0.expression) }
        case .require(let rules, _): rules.map { ("the rule \($0.text)", $0.condition) }
        case .take, .key, .latest, .partition, .join, .union, .describe: []
        }
    }
}

extension CheckedStatement {
    /// The rows the statement makes or reads.
    var pipeline: CheckedPipeline? {
        switch kind {
        case .table(_, let pipeline), .show(let pipeline, _): pipeline
        case .plot(let plot): plot.pipeline
        case .model(_, let model): model.pipeline
        case .serve, .assertion: nil
        }
    }
}
