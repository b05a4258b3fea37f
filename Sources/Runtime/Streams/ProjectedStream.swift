import Columnar
import Planner

/// Chosen columns under new names, values untouched.
final class ProjectedStream: RecordBatchStream {
    let schema: Schema
    private let input: any RecordBatchStream
    private let sources: [Int]

    init(input: any RecordBatchStream, projections: [Projection]) {
        self.input = input
        sources = projections.map { input.schema.index(of: $0.from)! }
        schema = Schema(zip(projections, sources).map { Field($0.name, input.schema.fields[$1].type) })
    }

    func next() throws -> RecordBatch? {
        try input.next().map { batch in RecordBatch(schema: schema, columns: sources.map { batch.columns[$0] }, count: batch.count) }
    }
}
