import Columnar
import Synchronization

/// Columns of a stream beside others that an engine computes from it, row for row.
///
/// Only what the engine computes from passes through it; all other columns wait here, and are joined to its answer by position.
final class ComputedStream: RecordBatchStream {
    let schema: Schema
    private let computed: any RecordBatchStream
    private let waiting: WaitingBatches
    /// Where each column of the schema comes from.
    private let sources: [Source]
    private var answer: RecordBatch?

    enum Source {
        case input(Int)
        case computed(Int)
    }

    /// `compute` is given a stream of the columns `needed` and returns one with as many rows, in the same order.
    init(
        input: any RecordBatchStream, needed: [String], schema: Schema, sources: [Source],
        compute: (any RecordBatchStream) throws -> any RecordBatchStream
    ) throws {
        self.schema = schema
        self.sources = sources
        waiting = WaitingBatches()
        computed = try compute(FeedingStream(input: input, columns: needed, waiting: waiting))
    }

    func next() throws -> RecordBatch? {
        guard let answer = try answer ?? computed.next() else { return nil }
        // The engine has read every row it answers for, so the batch it came in waits.
        let input = waiting.first()!
        let count = min(input.count, answer.count)
        waiting.dropFirst(count)
        self.answer = count < answer.count ? answer.slice(count..<answer.count) : nil
        let columns = sources.map { source in
            switch source {
            case .input(let index): input.columns[index].slice(0..<count)
            case .computed(let index): answer.columns[index].slice(0..<count)
            }
        }
        return RecordBatch(schema: schema, columns: columns, count: count)
    }
}

/// Passes chosen columns on, and keeps the whole batches for later.
private final class FeedingStream: RecordBatchStream {
    let schema: Schema
    private let input: any RecordBatchStream
    private let columns: [Int]
    private let waiting: WaitingBatches

    init(input: any RecordBatchStream, columns: [String], waiting: WaitingBatches) {
        self.input = input
        self.columns = columns.map { input.schema.index(of: $0)! }
        self.waiting = waiting
        schema = Schema(self.columns.map { input.schema.fields[$0] })
    }

    func next() throws -> RecordBatch? {
        guard let batch = try input.next() else { return nil }
        waiting.append(batch)
        return RecordBatch(schema: schema, columns: columns.map { batch.columns[$0] }, count: batch.count)
    }
}

/// Batches whose rows are not all answered; the engine's thread adds, the reader's takes.
private final class WaitingBatches: Sendable {
    private let batches = Mutex<[RecordBatch]>([])

    func append(_ batch: RecordBatch) { batches.withLock { $0.append(batch) } }

    func first() -> RecordBatch? { batches.withLock { $0.first } }

    func dropFirst(_ rows: Int) {
        batches.withLock { batches in
            let first = batches[0]
            if rows == first.count { batches.removeFirst() } else { batches[0] = first.slice(rows..<first.count) }
        }
    }
}
