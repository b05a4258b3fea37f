import Columnar
import Language

/// Ranges of time, entity by entity: where rows changed, or where rows are to be made again.
///
/// Times are days or microseconds since 1970, as the key's time column has it. The ranges of an entity are disjoint and ascend.
struct EntityRanges: Equatable {
    private(set) var byEntity: [[Value]: [ClosedRange<Int64>]] = [:]

    init() {}

    var isEmpty: Bool { byEntity.isEmpty }
    var entities: [[Value]] { Array(byEntity.keys) }

    subscript(entity: [Value]) -> [ClosedRange<Int64>] { byEntity[entity] ?? [] }

    /// The first and the last time of all entities.
    var span: ClosedRange<Int64>? {
        guard let first = byEntity.values.lazy.map({ $0[0].lowerBound }).min(),
            let last = byEntity.values.lazy.map({ $0.last!.upperBound }).max()
        else { return nil }
        return first...last
    }

    mutating func add(_ range: ClosedRange<Int64>, of entity: [Value]) {
        var ranges = byEntity[entity] ?? []
        if let last = ranges.last, range.lowerBound <= last.upperBound {
            let start = ranges.firstIndex { $0.upperBound >= range.lowerBound }!
            let end = ranges[start...].firstIndex { $0.lowerBound > range.upperBound } ?? ranges.count
            var merged = range
            for other in ranges[start..<end] {
                merged = min(merged.lowerBound, other.lowerBound)...max(merged.upperBound, other.upperBound)
            }
            ranges.replaceSubrange(start..<end, with: [merged])
        } else {
            ranges.append(range)
        }
        byEntity[entity] = ranges
    }

    mutating func formUnion(_ other: EntityRanges) {
        for (entity, ranges) in other.byEntity { for range in ranges { add(range, of: entity) } }
    }

    /// The same entities, each with all times.
    var wholeEntities: EntityRanges {
        var whole = EntityRanges()
        for entity in byEntity.keys { whole.add(Int64.min...Int64.max, of: entity) }
        return whole
    }

    func contains(_ time: Int64, of entity: [Value]) -> Bool { Self.contains(time, in: self[entity]) }

    static func contains(_ time: Int64, in ranges: [ClosedRange<Int64>]) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < time { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= time
    }

    func overlaps(_ range: ClosedRange<Int64>, of entity: [Value]) -> Bool { self[entity].contains { $0.overlaps(range) } }
}

extension Value {
    /// A time as a number that orders like it; nil for null and for types that are no time.
    var timeNumber: Int64? {
        switch self {
        case .date(let days): Int64(days)
        case .timestamp(let microseconds): microseconds
        case .null, .int, .double, .string, .bool: nil
        }
    }

    /// The time a number stands for.
    init(timeNumber: Int64, type: DataType) { self = type == .date ? .date(Int32(clamping: timeNumber)) : .timestamp(timeNumber) }
}
