import Columnar
import Language
import Planner

/// A plan as the corpus records it: the scan, then a line per stage.
extension PipelinePlan {
    var recorded: String { ([source.recorded] + stages.map(\.recorded)).joined(separator: "\n") }
}

extension PlanSource {
    fileprivate var recorded: String {
        switch self {
        case .table(let scan):
            "scan \(scan.table) (\(scan.columns.joined(separator: ", ")))"
                + scan.pruning.map { "\n  only files with \($0.recorded)" }.joined()
        case .files(let files, let columns): "\(files.format.rawValue) \(files.glob) (\(columns.joined(separator: ", ")))"
        }
    }
}

extension PruningCondition {
    fileprivate var recorded: String {
        "\(part.map { "\($0.rawValue)(\(column))" } ?? column) \(comparison) \(values.map(\.description).joined(separator: ", "))"
    }
}

extension PlanStage {
    fileprivate var recorded: String {
        switch self {
        case .relation(let relation):
            "sql → (\(relation.output.names.joined(separator: ", ")))"
                + relation.sides.keys.sorted().map { "\n  \($0):\n    " + relation.sides[$0]!.recorded.replacing("\n", with: "\n    ") }
                .joined()
        case .sort(let key): "sort (\(key.columns.joined(separator: ", ")))"
        case .latest(let key): "latest (\(key.columns.joined(separator: ", ")))"
        case .series(let step, let time):
            "series by (\(step.entity.joined(separator: ", "))) over \(time) → (\(step.output.joined(separator: ", ")))"
                + step.calls.map { "\n  \($0.output) = \($0.code)" }.joined()
        case .project(let projections):
            "project (\(projections.map { $0.name == $0.from ? $0.name : "\($0.name) = \($0.from)" }.joined(separator: ", ")))"
        case .require(let step): "require else \(step.onFailure.rawValue): \(step.rules.joined(separator: "; "))"
        }
    }
}
