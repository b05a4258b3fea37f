import Columnar
import Indicators

/// The states of all series steps of one making of rows, by step in the order of the plan.
final class StepStates {
    private(set) var steps: [EntityStates] = []
    /// Entities that go on from a saved state.
    let resumedCount: Int
    private let points: [[Value]: SavedStates.Point]

    /// Every entity begins with its first row.
    init() { (points, resumedCount) = ([:], 0) }

    /// Entities go on from the last states before their first change.
    init(resuming saved: SavedStates, before changed: EntityRanges) {
        var points: [[Value]: SavedStates.Point] = [:]
        for (entity, ranges) in changed.byEntity { points[entity] = saved.point(before: ranges[0].lowerBound, of: entity) }
        (self.points, resumedCount) = (points, points.count)
    }

    /// Where the next step of the plan finds and keeps its states.
    func next() -> EntityStates {
        let number = steps.count
        let states = EntityStates(resumed: points.compactMapValues { $0.steps[number].isEmpty ? nil : $0.steps[number] })
        steps.append(states)
        return states
    }
}
