import Columnar
import Indicators

/// From where the series of a table can go on: by entity, states behind some of its rows, earliest first.
///
/// Invariant: a state behind the time T was reached over the entity's rows up to T as they stand in the version that names the states.
struct SavedStates: Equatable {
    struct Point: Equatable {
        let time: Int64
        /// By series step, then by call; empty for a step that no row of the entity has come to.
        let steps: [[[UInt8]]]
    }

    /// A late row of the last days finds a state before it; more would be read and written for little.
    private static let pointsPerEntity = 3
    /// Of more bytes than this, or than the rows themselves take, nothing is kept: it would cost more than it saves.
    private static let mostBytes = 128 << 20
    private static let fewBytes = 1 << 20

    private(set) var points: [[Value]: [Point]] = [:]

    init() {}

    init(points: [[Value]: [Point]]) { self.points = points }

    var isEmpty: Bool { points.isEmpty }

    /// The last state that no row from `time` on has gone into.
    func point(before time: Int64, of entity: [Value]) -> Point? { points[entity]?.last { $0.time < time } }

    /// Whether there are states, and no row of `changed` has gone into the newest of its entity.
    func precede(_ changed: EntityRanges) -> Bool {
        !isEmpty
            && changed.byEntity.allSatisfy { entity, ranges in
                points[entity]?.last.map { $0.time < ranges[0].lowerBound } ?? true
            }
    }

    /// Keeps the states of a plan with these numbers of calls, by series step.
    func fitting(_ callCounts: [Int]) -> SavedStates {
        let fitting = points.mapValues { points in
            points.filter { point in
                point.steps.count == callCounts.count && zip(point.steps, callCounts).allSatisfy { $0.isEmpty || $0.count == $1 }
            }
        }
        return SavedStates(points: fitting.filter { !$0.value.isEmpty })
    }

    /// Forgets states that rows of `changed` have gone into.
    mutating func drop(_ changed: EntityRanges) {
        for (entity, ranges) in changed.byEntity { points[entity]?.removeAll { $0.time >= ranges[0].lowerBound } }
    }

    /// Adds what a run over the steps in their order has reached; the first step has seen every row, others may have seen none of an
    /// entity's and are where they were.
    mutating func add(_ steps: [EntityStates]) {
        let byEntity = steps.map { step in
            step.resumed.merging(step.reached.map { ($0.entity, $0.states) }) { _, reached in reached }
        }
        for reached in steps.first?.reached ?? [] {
            guard let time = reached.lastTime.timeNumber else { continue }
            let point = Point(time: time, steps: byEntity.map { $0[reached.entity] ?? [] })
            points[reached.entity] = (points[reached.entity] ?? []).filter { $0.time < time }.suffix(Self.pointsPerEntity - 1) + [point]
        }
    }

    /// Keeps memory and disk in bounds, for a table whose data files take so many bytes.
    mutating func shrink(beside tableBytes: Int) {
        let limit = min(max(tableBytes, Self.fewBytes), Self.mostBytes)
        points = points.filter { !$0.value.isEmpty }
        if byteCount > limit { points = points.mapValues { $0.suffix(1) } }
        if byteCount > limit { points = [:] }
    }

    /// About what an entity's name, time and lengths take.
    private static let bytesPerPoint = 64
    private static let bytesPerState = 8

    private var byteCount: Int {
        points.values.joined().reduce(0) { bytes, point in
            bytes + Self.bytesPerPoint + point.steps.joined().reduce(0) { $0 + $1.count + Self.bytesPerState }
        }
    }
}
