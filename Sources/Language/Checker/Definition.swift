import Columnar

extension CheckedPipeline {
    /// The canonical text of what the pipeline means: names of lets, comments and layout are gone, parameters are their values.
    package var definition: String { ([source.definition] + steps.map(\.definition)).joined(separator: "\n") }
}

extension CheckedSource {
    fileprivate var definition: String {
        switch kind {
        case .table(let name, _): "(table \(name))"
        case .files(let files):
            "(\(files.format.rawValue) \"\(files.glob)\" (\(files.options)) (\(files.schema.fields.map { "\($0.name):\($0.type.rawValue)" }.joined(separator: " "))))"
        }
    }
}

extension NamedExpression {
    var definition: String { "`\(name)`=\(expression)" }
}

extension CheckedStep {
    fileprivate var definition: String {
        switch kind {
        case .select(let columns): "(select \(columns.map(\.definition).joined(separator: " ")))"
        case .derive(let columns): "(derive \(columns.map(\.definition).joined(separator: " ")))"
        case .filter(let conditions): "(where \(conditions.map(\.description).joined(separator: " ")))"
        case .sort(let terms): "(sort \(terms.map { ($0.descending ? "desc " : "") + $0.expression.description }.joined(separator: " ")))"
        case .take(let count, let offset): "(take \(count) \(offset))"
        case .key(let key): "(key \(key.columns.joined(separator: " ")))"
        case .latest: "(latest)"
        case .partition(let columns):
            "(partition \(columns.map { "\($0.name)=\($0.part?.rawValue ?? "value")(\($0.source))" }.joined(separator: " ")))"
        case .require(let rules, let onFailure):
            "(require \(onFailure.rawValue) \(rules.map(\.condition.description).joined(separator: " ")))"
        case .summarize(let groups, let aggregates):
            "(summarize (\(groups.map(\.definition).joined(separator: " "))) \(aggregates.map(\.definition).joined(separator: " ")))"
        case .join(let other, let on, let kind): "(join \(kind.rawValue) (\(on.joined(separator: " "))) (\(other.definition)))"
        case .union(let other): "(union (\(other.definition)))"
        case .describe(let columns): "(describe \(columns.map { "\($0.name):\($0.type.rawValue)" }.joined(separator: " ")))"
        }
    }
}
