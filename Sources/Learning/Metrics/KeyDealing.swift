import Synchronization

/// Deals keys out to the places of their groups in a storage; their order within a group does not matter.
final class KeyDealing: Sendable {
    /// One thread's room for the keys of a chunk in order of groups.
    final class Hand {
        fileprivate let groups = UnsafeMutablePointer<UInt16>.allocate(capacity: SampleSpool.chunkRows)
        fileprivate let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: SampleSpool.chunkRows)

        deinit {
            groups.deallocate()
            keys.deallocate()
        }
    }

    private let groups: [KeyGroup]
    private let buckets: KeyBuckets
    /// The group of each bucket, and of keys in none; the number of groups stands for keys that are not dealt.
    private let groupOfBucket: [UInt16]
    private let storage: KeyStorage
    /// Where each group's next keys go, in keys of the storage.
    private let ends: Mutex<[Int]>

    init(groups: [KeyGroup], buckets: KeyBuckets, storage: KeyStorage) {
        self.groups = groups
        self.buckets = buckets
        self.storage = storage
        var groupOfBucket = [UInt16](repeating: UInt16(groups.count), count: buckets.count + 1)
        for (index, group) in groups.enumerated() {
            for bucket in group.buckets { groupOfBucket[bucket] = UInt16(index) }
        }
        self.groupOfBucket = groupOfBucket
        ends = Mutex(groups.map(\.rowsBelow))
    }

    /// Puts the keys, of one chunk at most, in order of groups, then writes each group's in one piece.
    func deal(_ keys: UnsafeBufferPointer<UInt64>, through hand: Hand) throws {
        let starts = sort(keys, into: hand)
        let places = claim(starts)
        for group in groups.indices where starts[group] < starts[group + 1] {
            try storage.write(
                UnsafeBufferPointer(start: hand.keys + starts[group], count: starts[group + 1] - starts[group]), at: places[group])
        }
    }

    /// Where each group's keys start in the hand, those not dealt as the last; and where all end.
    private func sort(_ keys: UnsafeBufferPointer<UInt64>, into hand: Hand) -> [Int] {
        var ends = [Int](repeating: 0, count: groups.count + 2)
        groupOfBucket.withUnsafeBufferPointer { groupOfBucket in
            for (index, key) in keys.enumerated() {
                let group = groupOfBucket[buckets.index(of: key)]
                hand.groups[index] = group
                ends[Int(group) + 1] &+= 1
            }
        }
        for group in 0...groups.count { ends[group + 1] += ends[group] }
        let starts = ends
        ends.withUnsafeMutableBufferPointer { ends in
            for (index, key) in keys.enumerated() {
                let group = Int(hand.groups[index])
                hand.keys[ends[group]] = key
                ends[group] &+= 1
            }
        }
        return starts
    }

    /// Takes the places for the keys that start at `starts` in the hand.
    private func claim(_ starts: [Int]) -> [Int] {
        ends.withLock { ends in
            let places = ends
            for group in ends.indices { ends[group] += starts[group + 1] - starts[group] }
            return places
        }
    }
}
