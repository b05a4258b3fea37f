import Synchronization

/// Deals keys out to the places of their groups in a file; their order within a group does not matter.
final class KeyDealing: Sendable {
    private let groups: [KeyGroup]
    private let buckets: KeyBuckets
    /// The group of each bucket; the number of groups stands for a bucket that is not dealt.
    private let groupOfBucket: [Int32]
    private let file: TemporaryFile
    /// Where each group's next keys go, in rows of the file.
    private let ends: Mutex<[Int]>

    init(groups: [KeyGroup], buckets: KeyBuckets, file: TemporaryFile) {
        self.groups = groups
        self.buckets = buckets
        self.file = file
        var groupOfBucket = [Int32](repeating: Int32(groups.count), count: buckets.count)
        for (index, group) in groups.enumerated() {
            for bucket in group.buckets { groupOfBucket[bucket] = Int32(index) }
        }
        self.groupOfBucket = groupOfBucket
        ends = Mutex(groups.map(\.rowsBelow))
    }

    /// Puts the keys in order of groups, then writes each group's in one piece.
    func deal(_ keys: UnsafeBufferPointer<UInt64>) throws {
        var ends = [Int](repeating: 0, count: groups.count + 2)
        for key in keys { ends[group(of: key) + 1] += 1 }
        for group in 0...groups.count { ends[group + 1] += ends[group] }
        let starts = ends
        try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: keys.count) { dealt in
            for key in keys {
                let group = group(of: key)
                dealt[ends[group]] = key
                ends[group] += 1
            }
            for group in groups.indices where starts[group] < starts[group + 1] {
                let hand = UnsafeBufferPointer(rebasing: dealt[starts[group]..<starts[group + 1]])
                try file.write(UnsafeRawBufferPointer(hand), at: claim(hand.count, of: group) * 8)
            }
        }
    }

    private func claim(_ rows: Int, of group: Int) -> Int {
        ends.withLock { ends in
            defer { ends[group] += rows }
            return ends[group]
        }
    }

    @inline(__always)
    private func group(of key: UInt64) -> Int { buckets.index(of: key).map { Int(groupOfBucket[$0]) } ?? groups.count }
}
