import Dispatch
import Synchronization

extension SampleSpool {
    /// Applies `body` to every wanted chunk, its columns `columns` in memory, on `threads` threads, each with its own `memory`;
    /// the results stand in chunk order.
    ///
    /// A result may depend on its chunk only, so that nothing depends on the number of threads. A body that changes a chunk
    /// writes what shall stay; the rest of a chunk must be left as it is.
    func mapChunks<Memory, Result: Sendable>(
        reading columns: Range<Int>, threads: Int, where isWanted: (Int) -> Bool = { _ in true }, memory: @Sendable () -> Memory,
        _ body: @Sendable (Int, SampleChunk, Memory) throws -> Result
    ) throws -> [Result] {
        let wanted = (0..<chunkCount).filter(isWanted)
        return try mapConcurrently(
            wanted.indices, threads: threads,
            memory: { (buffer: isWholeInMemory ? nil : SampleChunk(columnCount: columnCount), own: memory()) },
            { place, memory in
                try checkCancellation()
                let chunk = try chunk(wanted[place], reading: columns, into: memory.buffer)
                return try body(wanted[place], chunk, memory.own)
            })
    }

    func mapChunks<Result: Sendable>(
        reading columns: Range<Int>, threads: Int, where isWanted: (Int) -> Bool = { _ in true },
        _ body: @Sendable (Int, SampleChunk) throws -> Result
    ) throws -> [Result] {
        try mapChunks(reading: columns, threads: threads, where: isWanted, memory: {}) { index, chunk, _ in try body(index, chunk) }
    }
}

/// Applies `body` to every index on `threads` threads, each with its own `memory`; the results stand in the order of indices.
func mapConcurrently<Memory, Result: Sendable>(
    _ indices: Range<Int>, threads: Int, memory: @Sendable () -> Memory, _ body: @Sendable (Int, Memory) throws -> Result
) throws -> [Result] {
    let state = Mutex(PassState<Result>(count: indices.count))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, indices.count))) { _ in
        let memory = memory()
        while let place = state.withLock({ $0.claim() }) {
            do {
                let result = try body(indices.lowerBound + place, memory)
                state.withLock { $0.results[place] = result }
            } catch {
                state.withLock { $0.fault = $0.fault ?? error }
            }
        }
    }
    return try state.withLock { state in
        if let fault = state.fault { throw fault }
        return state.results.map { $0! }
    }
}

private struct PassState<Result: Sendable> {
    var results: [Result?]
    var fault: (any Error)?
    private var next = 0

    init(count: Int) { results = Array(repeating: nil, count: count) }

    /// The next place to work on; nil when all are taken or one failed.
    mutating func claim() -> Int? {
        guard fault == nil, next < results.count else { return nil }
        defer { next += 1 }
        return next
    }
}
