import Columnar
import Language
import Planner

/// The rows marked as due by a segment or resumed stream, without the columns that stream added.
final class DueRowsStream: RecordBatchStream {
    let schema: Schema
    private let input: any RecordBatchStream
    private let due: Int
    private let kept: [Int]

    init(input: any RecordBatchStream) {
        self.input = input
        due = input.schema.index(of: SegmentStream.dueColumn)!
        kept = input.schema.fields.indices.filter {
            ![SegmentStream.dueColumn, SegmentStream.segmentColumn].contains(input.schema.fields[$0].name)
        }
        schema = Schema(kept.map { input.schema.fields[$0] })
    }

    func next() throws -> RecordBatch? {
        while let batch = try input.next() {
            let marks = Array(batch.columns[due].ints)
            guard let rows = batch.keeping(where: { marks[$0] == 1 }) else { continue }
            return RecordBatch(schema: schema, columns: kept.map { rows.columns[$0] }, count: rows.count)
        }
        return nil
    }
}

extension PlanStage {
    /// The stage with the columns of a segment stream passed through, and with series that begin anew in each segment.
    var overSegments: PlanStage { carrying([SegmentStream.segmentColumn, SegmentStream.dueColumn], entity: [SegmentStream.segmentColumn]) }

    /// The stage with the marks of a resumed stream passed through.
    var overDueMarks: PlanStage { carrying([SegmentStream.dueColumn], entity: []) }

    private func carrying(_ added: [String], entity: [String]) -> PlanStage {
        guard case .series(let step, let time) = self else { return added.reduce(self) { $0.carrying(Field($1, .int)) } }
        return .series(SeriesStep(entity: step.entity + entity, calls: step.calls, output: step.output + added), time: time)
    }
}
