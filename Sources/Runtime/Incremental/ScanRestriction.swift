import Columnar
import DeltaTable
import Language

/// The part of an input table that a plan's source is read from.
struct ScanRestriction {
    let files: [DataFile]
    /// Rows outside these times need not be read; more may be.
    let times: ClosedRange<Int64>?
    let time: String
}

/// How far to read around changed rows so that windows have the rows they need.
///
/// Times are guessed from how densely an entity's rows stand; whoever reads sees whether they were enough, and asks for more.
struct ReadingBounds {
    /// How often the guess is multiplied, one try after another; nil reads entities whole.
    static let widenings: [Int64?] = [1, 16, nil]

    private(set) var ranges: EntityRanges
    /// Entities that have rows before, or after, what is read of them.
    private let cutBefore: Set<[Value]>
    private let cutAfter: Set<[Value]>
    let files: [DataFile]

    /// `widening` multiplies the guess; nil reads entities whole. `reach` is in rows.
    init(around changes: EntityRanges, in snapshot: Snapshot, key: Key, reach: Int, widening: Int64?) {
        let extents = Self.extents(snapshot.files, key)
        var ranges = EntityRanges()
        var (cutBefore, cutAfter): (Set<[Value]>, Set<[Value]>) = ([], [])
        for (entity, changed) in changes.byEntity {
            guard reach > 0, let widening, let extent = extents[entity] else {
                for range in changed { ranges.add(reach > 0 ? Int64.min...Int64.max : range, of: entity) }
                continue
            }
            let span = Double(extent.times.upperBound) - Double(extent.times.lowerBound) + 1
            let guess = span / Double(max(1, extent.rows)) * Double(2 * reach)
            let margin = Int64(min(guess.rounded(.up), 1e17)) &* widening + Self.leastMargin(snapshot.schema.type(of: key.time)) &* widening
            for range in changed {
                let low = range.lowerBound <= extent.times.lowerBound &+ margin ? Int64.min : range.lowerBound - margin
                let high = range.upperBound >= extent.times.upperBound &- margin ? Int64.max : range.upperBound + margin
                if low != .min { cutBefore.insert(entity) }
                if high != .max { cutAfter.insert(entity) }
                ranges.add(low...high, of: entity)
            }
        }
        self.ranges = ranges
        (self.cutBefore, self.cutAfter) = (cutBefore, cutAfter)
        files = snapshot.files.filter { $0.mayOverlap(ranges, key: key) }
    }

    /// Whether windows wanted rows that are there and were not read.
    func leftOutRows(of segments: SegmentStream) -> Bool {
        !cutBefore.isDisjoint(with: segments.shortBefore) || !cutAfter.isDisjoint(with: segments.shortAfter)
    }

    /// Weekends and holidays make the densest rows stand apart.
    private static func leastMargin(_ type: DataType?) -> Int64 { type == .date ? 10 : 4 * 86_400_000_000 }

    private static func extents(_ files: [DataFile], _ key: Key) -> [[Value]: (times: ClosedRange<Int64>, rows: Int)] {
        var extents: [[Value]: (times: ClosedRange<Int64>, rows: Int)] = [:]
        for file in files {
            guard let bounds = file.bounds(key), let rows = file.rowCount else { continue }
            guard let known = extents[bounds.entity] else {
                extents[bounds.entity] = (bounds.times, rows)
                continue
            }
            let times = min(known.times.lowerBound, bounds.times.lowerBound)...max(known.times.upperBound, bounds.times.upperBound)
            extents[bounds.entity] = (times, known.rows + rows)
        }
        return extents
    }
}
