import Columnar
import Foundation

/// A stream whose batches are made on a thread of its own, a few ahead of the reader.
final class PrefetchedStream: RecordBatchStream {
    let schema: Schema
    private let queue: BatchQueue

    /// At most `depth` batches wait.
    init(_ input: any RecordBatchStream, depth: Int = 4) {
        schema = input.schema
        queue = BatchQueue(depth: depth)
        let producer = Producer(input: input, queue: queue)
        let thread = Thread { producer.run() }
        // An engine's call stack is deeper than a thread's default one.
        thread.stackSize = 8 << 20
        thread.start()
    }

    deinit { queue.abandon() }

    func next() throws -> RecordBatch? { try queue.take() }

    /// Pulls the input until its end, a fault, or until nobody wants more.
    private final class Producer: @unchecked Sendable {
        private var input: (any RecordBatchStream)?
        private let queue: BatchQueue

        init(input: any RecordBatchStream, queue: BatchQueue) {
            self.input = input
            self.queue = queue
        }

        func run() {
            do {
                while let batch = try input!.next() {
                    guard queue.put(batch) else { break }
                }
                input = nil
                queue.end(nil)
            } catch {
                input = nil
                queue.end(error)
            }
        }
    }
}

/// Batches from one thread to another, a bounded number at a time.
private final class BatchQueue: @unchecked Sendable {
    private let condition = NSCondition()
    private let depth: Int
    private var batches: [RecordBatch] = []
    private var failure: (any Error)?
    private var hasEnded = false
    private var isAbandoned = false

    init(depth: Int) { self.depth = depth }

    /// Waits for room; false when nobody wants more.
    func put(_ batch: RecordBatch) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while batches.count >= depth, !isAbandoned { condition.wait() }
        guard !isAbandoned else { return false }
        batches.append(batch)
        condition.signal()
        return true
    }

    func end(_ failure: (any Error)?) {
        condition.lock()
        defer { condition.unlock() }
        self.failure = failure
        hasEnded = true
        condition.broadcast()
    }

    func take() throws -> RecordBatch? {
        condition.lock()
        defer { condition.unlock() }
        while batches.isEmpty, !hasEnded { condition.wait() }
        if !batches.isEmpty {
            defer { condition.signal() }
            return batches.removeFirst()
        }
        if let failure { throw failure }
        return nil
    }

    func abandon() {
        condition.lock()
        defer { condition.unlock() }
        isAbandoned = true
        batches = []
        condition.broadcast()
    }
}
