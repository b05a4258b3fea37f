import Columnar
import Engine

/// A running query's rows, in batches of about 65,536.
///
/// Chunks are converted vector by vector rather than over Arrow: one copy per column and batch, and no small arrays.
final class DuckDBStream: RecordBatchStream {
    static let batchRows = 65_536

    let schema: Schema
    private let decoders: [VectorDecoder]
    private let session: DuckDBSession
    private let followUp: FollowUp?
    private var result: DuckDBResultHandle?

    init(session: DuckDBSession, result: DuckDBResultHandle, followUp: FollowUp? = nil) throws {
        self.session = session
        self.followUp = followUp
        self.result = result
        decoders = try result.decoders()
        schema = Schema(decoders.map { Field($0.name, $0.type) })
    }

    deinit { close() }

    func next() throws -> RecordBatch? {
        guard let result else { return nil }
        do {
            let chunks = try fetch(result)
            let count = chunks.reduce(0) { $0 + $1.count }
            guard count > 0 else {
                self.result = nil
                if let followUp { try answer(followUp) }
                close()
                return nil
            }
            return try batch(chunks, count: count)
        } catch {
            let fault = session.cause(of: error)
            close()
            throw fault
        }
    }

    private func batch(_ chunks: [DuckDBChunk], count: Int) throws -> RecordBatch {
        let columns = try decoders.indices.map { try decoders[$0].column($0, of: chunks, count: count) }
        return RecordBatch(schema: schema, columns: columns, count: count)
    }

    private func answer(_ followUp: FollowUp) throws {
        let rows = try DuckDBStream(session: session, result: session.connection.stream(followUp.sql))
        var batches: [RecordBatch] = []
        while let result = rows.result {
            let chunks = try rows.fetch(result)
            guard !chunks.isEmpty else { break }
            batches.append(try rows.batch(chunks, count: chunks.reduce(0) { $0 + $1.count }))
        }
        rows.result = nil
        try session.connection.execute(followUp.cleanUp)
        followUp.receive(batches)
    }

    private func fetch(_ result: DuckDBResultHandle) throws -> [DuckDBChunk] {
        var chunks: [DuckDBChunk] = []
        var count = 0
        while count < Self.batchRows {
            try session.checkCancelled()
            guard let chunk = try result.nextChunk() else { break }
            guard chunk.count > 0 else { continue }
            chunks.append(chunk)
            count += chunk.count
        }
        return chunks
    }

    /// The result goes before its session: the connection is then free for the next statement.
    private func close() {
        result = nil
        session.close()
    }
}
