package import Columnar
import Language

extension PipelinePlan {
    /// Takes from the conditions right behind the scan those that tell which files can hold wanted rows.
    mutating func findPruningConditions() {
        guard case .table(var scan) = source,
            case .relation(let relation)? = stages.first(where: { if case .sort = $0 { false } else { true } })
        else { return }
        var origin: [String: String]? = nil
        for step in relation.steps {
            switch step {
            case .filter(let conditions):
                for condition in conditions.flatMap(\.conjuncts) {
                    guard let found = PruningCondition(condition) else { continue }
                    guard let column = origin == nil ? found.column : origin![found.column] else { continue }
                    scan.pruning.append(
                        PruningCondition(column: column, part: found.part, comparison: found.comparison, values: found.values))
                }
            case .select(let columns):
                var next: [String: String] = [:]
                for named in columns {
                    if case .column(let name, _) = named.expression { next[named.name] = origin == nil ? name : origin![name] }
                }
                origin = next
            case .order: continue
            default:
                source = .table(scan)
                return
            }
        }
        source = .table(scan)
    }
}

extension CheckedExpression {
    fileprivate var conjuncts: [CheckedExpression] {
        if case .scalar(.and, let sides, _) = self { return sides.flatMap(\.conjuncts) }
        return [self]
    }

    fileprivate var columnOrPart: (column: String, part: PartitionColumn.Part?)? {
        switch self {
        case .column(let name, _): (name, nil)
        case .scalar(let function, let arguments, _):
            if let part = PartitionColumn.Part(rawValue: function.rawValue), case .column(let name, _) = arguments[0] {
                (name, part)
            } else {
                nil
            }
        default: nil
        }
    }

    fileprivate var literal: Value? {
        if case .literal(let value, _) = self, !value.isNull { value } else { nil }
    }
}

extension PruningCondition {
    /// A comparison of a column with constants, or nil when the condition is none.
    fileprivate init?(_ condition: CheckedExpression) {
        guard case .scalar(let function, let arguments, _) = condition else { return nil }
        if function == .in, let (column, part) = arguments[0].columnOrPart {
            let values = arguments.dropFirst().compactMap(\.literal)
            guard values.count == arguments.count - 1 else { return nil }
            self.init(column: column, part: part, comparison: .oneOf, values: values)
            return
        }
        guard arguments.count == 2, let comparison = Comparison(function) else { return nil }
        if let (column, part) = arguments[0].columnOrPart, let value = arguments[1].literal {
            self.init(column: column, part: part, comparison: comparison, values: [value])
        } else if let (column, part) = arguments[1].columnOrPart, let value = arguments[0].literal {
            self.init(column: column, part: part, comparison: comparison.mirrored, values: [value])
        } else {
            return nil
        }
    }

    /// Whether rows whose value lies in `[minimum, maximum]` may meet the condition; of a part, its bounds.
    package func mayHold(minimum: Value, maximum: Value) -> Bool {
        switch comparison {
        case .less: compareValues(minimum, values[0]).map { $0 < 0 } ?? true
        case .lessOrEqual: compareValues(minimum, values[0]).map { $0 <= 0 } ?? true
        case .greater: compareValues(maximum, values[0]).map { $0 > 0 } ?? true
        case .greaterOrEqual: compareValues(maximum, values[0]).map { $0 >= 0 } ?? true
        case .equal, .oneOf:
            values.contains { value in
                (compareValues(minimum, value).map { $0 <= 0 } ?? true) && (compareValues(maximum, value).map { $0 >= 0 } ?? true)
            }
        }
    }
}

extension PruningCondition.Comparison {
    fileprivate init?(_ function: ScalarFunction) {
        switch function {
        case .less: self = .less
        case .lessOrEqual: self = .lessOrEqual
        case .equal: self = .equal
        case .greaterOrEqual: self = .greaterOrEqual
        case .greater: self = .greater
        default: return nil
        }
    }

    /// The comparison with its sides exchanged.
    fileprivate var mirrored: Self {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        case .equal, .oneOf: self
        }
    }
}

/// Negative, zero or positive as `left` is before, equal to or after `right`; nil for values that don't compare.
package func compareValues(_ left: Value, _ right: Value) -> Int? {
    switch (left, right) {
    case (.int(let left), .int(let right)): order(left, right)
    case (.double(let left), .double(let right)): order(left, right)
    case (.int(let left), .double(let right)): order(Double(left), right)
    case (.double(let left), .int(let right)): order(left, Double(right))
    case (.date(let left), .date(let right)): order(left, right)
    case (.timestamp(let left), .timestamp(let right)): order(left, right)
    case (.date(let left), .timestamp(let right)): order(Int64(left) * 86_400_000_000, right)
    case (.timestamp(let left), .date(let right)): order(left, Int64(right) * 86_400_000_000)
    case (.bool(let left), .bool(let right)): order(left ? 1 : 0, right ? 1 : 0)
    case (.string(let left), .string(let right)):
        left.utf8.elementsEqual(right.utf8) ? 0 : left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
    default: nil
    }
}

private func order<Element: Comparable>(_ left: Element, _ right: Element) -> Int { left < right ? -1 : left > right ? 1 : 0 }
