import Columnar
import Language

extension PipelinePlan {
    /// What the values of a column, and the rows that have them, are made of: the same text wherever they are made alike.
    ///
    /// Steps that only other columns need don't show in it.
    package func meaning(of column: String) -> String {
        var alone = self
        alone.keepOnly([column])
        let named = shape.names + source.columns
        let text = named.contains(where: HiddenNames.isOne) ? alone.text : HiddenNames.renumbered(alone.text)
        return "\(column): \(shape[column]?.type.rawValue ?? "")\n" + text
    }

    private var text: String { ([source.text] + stages.map(\.text)).joined(separator: "\n") }
}

extension PlanSource {
    fileprivate var columns: [String] {
        switch self {
        case .table(let scan): scan.columns
        case .files(_, let columns): columns
        }
    }

    fileprivate var text: String {
        switch self {
        case .table(let scan): "table \(scan.table)"
        case .files(let files, let columns):
            "\(files.format.rawValue) \(files.glob) \(files.options) "
                + columns.map { name in "\(name):\(files.schema.type(of: name)?.rawValue ?? "")" }.joined(separator: " ")
        }
    }
}

extension PlanStage {
    fileprivate var text: String {
        switch self {
        case .relation(let relation):
            (relation.steps.map(\.text)
                + relation.sides.sorted { $0.key < $1.key }.map { "side \($0.key): \($0.value.meaningOfAll)" }).joined(separator: "\n")
        case .sort(let key): "sort \(key.columns)"
        case .latest(let key): "latest \(key.columns)"
        case .series(let step, let time):
            "series \(step.entity) \(time) "
                + step.calls.map { "\($0.output)=\(SeriesResult.code($0.function, $0.component))(\($0.inputs) \($0.parameters))" }.joined(
                    separator: " ")
        case .project(let projections): "project " + projections.map { "\($0.name)=\($0.from)" }.joined(separator: " ")
        case .require(let step): "require \(step.onFailure.rawValue) \(step.ruleColumn)"
        }
    }
}

extension PipelinePlan {
    fileprivate var meaningOfAll: String { text + " → \(shape.names)" }
}

extension RelationStep {
    fileprivate var text: String {
        switch self {
        case .select(let columns): "select " + columns.map { "\($0.name)=\($0.expression)" }.joined(separator: " ")
        case .filter(let conditions): "where \(conditions)"
        case .order(let terms): "order " + terms.map { "\($0.expression) \($0.descending)" }.joined(separator: " ")
        case .limit(let count, let offset): "take \(count) \(offset)"
        case .summarize(let groups, let aggregates, let order):
            "summarize \(groups.map { "\($0.name)=\($0.expression)" }) \(aggregates.map { "\($0.name)=\($0.expression)" }) \(order ?? "")"
        case .join(let side, let on, let kind, let left, let right): "join \(side) \(on) \(kind.rawValue) \(left) \(right)"
        case .union(let side, let columns): "union \(side) \(columns)"
        case .describe(let columns): "describe \(columns.map { "\($0.name):\($0.type.rawValue)" })"
        }
    }
}

/// The names that planning gives to hidden columns depend on how many there are; here they count from 1 as they come.
private enum HiddenNames {
    static func isOne(_ name: String) -> Bool { name.wholeMatch(of: #/__[0-9]+/#) != nil }

    /// What texts in quotes say stays, beside the renumbered text.
    static func renumbered(_ text: String) -> String {
        var numbers: [Substring: Int] = [:]
        let quoted = text.matches(of: #/"[^"]*"/#).map { String($0.output) }.joined(separator: " ")
        return quoted + "\n"
            + text.replacing(#/\b__[0-9]+\b/#) { match in
                let number = numbers[match.output] ?? numbers.count + 1
                numbers[match.output] = number
                return "__\(number)"
            }
    }
}
