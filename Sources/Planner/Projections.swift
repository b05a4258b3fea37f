import Columnar
import Language

extension PipelinePlan {
    /// Selects that only choose and rename need no engine; and two series steps with only such a select between are one.
    mutating func turnPlainSelectsIntoProjections() {
        var simplified: [PlanStage] = []
        for (index, stage) in stages.enumerated() {
            // The first relation reads the scan itself, so that its columns are chosen there.
            if index > 0, case .relation(let relation) = stage, let projections = relation.projections {
                simplified.append(.project(projections))
            } else {
                simplified.append(stage)
            }
        }
        stages = simplified
        while let index = stages.indices.first(where: { canMergeSeries(at: $0) }) { mergeSeries(at: index) }
    }

    private func canMergeSeries(at index: Int) -> Bool {
        guard index + 2 < stages.count, case .series(let first, let time) = stages[index],
            case .project(let projections) = stages[index + 1],
            case .series(let second, let otherTime) = stages[index + 2]
        else { return false }
        let origin = { (name: String) in projections.first { $0.name == name }?.from }
        return first.entity == second.entity.map(origin) && time == origin(otherTime)
    }

    private mutating func mergeSeries(at index: Int) {
        guard case .series(let first, let time) = stages[index], case .project(let projections) = stages[index + 1],
            case .series(let second, _) = stages[index + 2]
        else { return }
        let origin = Dictionary(uniqueKeysWithValues: projections.map { ($0.name, $0.from) })
        let calls = second.calls.map { call in
            SeriesCall(
                output: call.output, function: call.function, inputs: call.inputs.map { origin[$0] ?? $0 }, parameters: call.parameters,
                window: call.window, component: call.component)
        }
        let projected = second.output.map { Projection(name: $0, from: origin[$0] ?? $0) }
        var seen: Set<String> = []
        let output = projected.map(\.from).filter { seen.insert($0).inserted }
        let merged = SeriesStep(entity: first.entity, calls: first.calls + calls, output: output)
        stages.replaceSubrange(index...index + 2, with: [.series(merged, time: time), .project(projected)])
        mergeProjections(at: index + 1)
    }

    private mutating func mergeProjections(at index: Int) {
        guard index + 1 < stages.count, case .project(let first) = stages[index], case .project(let second) = stages[index + 1] else {
            return
        }
        let origin = Dictionary(uniqueKeysWithValues: first.map { ($0.name, $0.from) })
        let merged = second.map { Projection(name: $0.name, from: origin[$0.from]!) }
        stages.replaceSubrange(index...index + 1, with: [.project(merged)])
    }
}

extension Relation {
    /// What the relation does, if it only chooses and renames columns.
    fileprivate var projections: [Projection]? {
        var origin: [String: String] = [:]
        for (index, step) in steps.enumerated() {
            guard case .select(let columns) = step else { return nil }
            var next: [String: String] = [:]
            for named in columns {
                guard case .column(let name, _) = named.expression, let from = index == 0 ? name : origin[name] else { return nil }
                next[named.name] = from
            }
            origin = next
        }
        return output.names.map { Projection(name: $0, from: origin[$0]!) }
    }
}
