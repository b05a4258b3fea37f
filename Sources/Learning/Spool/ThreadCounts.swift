import Synchronization

/// Whole-number counts to which every thread adds in an array of its own; their sum does not depend on who counted what.
final class ThreadCounts: Sendable {
    /// One thread's counts.
    final class Counts: @unchecked Sendable {
        let counts: UnsafeMutableBufferPointer<Int>

        fileprivate init(size: Int) {
            counts = .allocate(capacity: size)
            counts.initialize(repeating: 0)
        }

        deinit { counts.deallocate() }
    }

    private let size: Int
    private let threads = Mutex<[Counts]>([])

    init(size: Int) { self.size = size }

    /// Zeros for a thread that begins to count.
    func ofThread() -> Counts {
        let counts = Counts(size: size)
        threads.withLock { $0.append(counts) }
        return counts
    }

    /// The sums over all threads, once they have counted.
    func totals() -> [Int] {
        threads.withLock { threads in
            var totals = [Int](repeating: 0, count: size)
            for thread in threads {
                for index in totals.indices { totals[index] += thread.counts[index] }
            }
            return totals
        }
    }
}
