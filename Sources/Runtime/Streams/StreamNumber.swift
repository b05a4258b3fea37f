import Synchronization

/// Numbers for the names of streams, so that nested statements never share one.
enum StreamNumber {
    private static let last = Atomic<Int>(0)

    static func next() -> Int { last.add(1, ordering: .relaxed).newValue }
}
