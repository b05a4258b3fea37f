package import Columnar
import Language
package import Planner

/// Computes the calls of a series step on a stream sorted by key, in memory bounded by a batch and the windows.
///
/// Columns pass through without a copy unless a call looks ahead: then rows are held back until the rows they need have
/// come. An infinity or NaN in a column that a call reads becomes null.
package final class SeriesStage: RecordBatchStream {
    /// Larger batches are cut, so that the columns of a batch stay in the second-level cache from call to call.
    private static let batchRows = 16_384

    package let schema: Schema
    private let input: any RecordBatchStream
    private var order: KeyOrder
    private let calls: [CallRunner]
    private let advanced: (_ rows: Int) throws -> Void
    /// The stream's columns, then a track per call.
    private var tracks: [ColumnTrack]
    private let outputTracks: [Int]
    private let isRead: [Bool]
    private var pending: RecordBatch?
    private var received = 0
    private var emitted = 0
    private var isFinished = false
    private let states: EntityStates?
    private let key: (entity: [Int], time: Int?)

    /// Throws `SeriesFault` when a name is unknown or a parameter out of range. With `time`, rows of an entity whose time does
    /// not ascend are refused when they come. `states`, for which a time is needed and no call may look ahead, are gone on from, and kept.
    /// `advanced` is told how many rows' worth of the batch at hand is computed, call by call; what it throws ends the work.
    package init(
        input: any RecordBatchStream, step: SeriesStep, time: String? = nil, states: EntityStates? = nil,
        definitions: [String: SeriesDefinition] = BuiltinIndicators.byName, advanced: @escaping (_ rows: Int) throws -> Void = { _ in }
    ) throws {
        self.input = input
        self.advanced = advanced
        let plan = try StagePlan(step, schema: input.schema, definitions: definitions)
        schema = plan.schema
        calls = plan.calls
        tracks = plan.trackTypes.map(ColumnTrack.init)
        outputTracks = plan.outputTracks
        isRead = plan.trackTypes.indices.map { track in plan.calls.contains { $0.inputs.contains(track) } }
        self.states = states
        key = (
            try step.entity.map { try input.schema.requireIndex(of: $0, neededBy: "key") },
            try time.map { try input.schema.requireIndex(of: $0, neededBy: "key") }
        )
        order = KeyOrder(entity: key.entity, time: key.time, schema: input.schema)
        if let states {
            states.expect(calls: step.calls.count)
            for call in calls { call.remember(in: states) }
        }
    }

    package func next() throws -> RecordBatch? {
        while true {
            if let batch = takeReady() { return batch }
            if isFinished { return nil }
            if let batch = try nextInput() { try accept(batch) } else { try finish() }
        }
    }

    private func nextInput() throws -> RecordBatch? {
        guard let batch = try pending ?? input.next() else { return nil }
        guard batch.count > Self.batchRows else {
            pending = nil
            return batch
        }
        pending = batch.slice(Self.batchRows..<batch.count)
        return batch.slice(0..<Self.batchRows)
    }

    private func accept(_ batch: RecordBatch) throws {
        let starts = try order.starts(in: batch)
        states?.note(batch, starts: starts, entity: key.entity, time: key.time!)
        let ends = starts.map { received + $0 }
        for (track, column) in batch.columns.enumerated() {
            if isRead[track] {
                tracks[track].append(column.nullingNonFinite())
            } else if outputTracks.contains(track) {
                tracks[track].append(column)
            }
        }
        received += batch.count
        try advanceCalls(ends: ends, rows: batch.count)
    }

    private func finish() throws {
        isFinished = true
        states?.noteEnd()
        if received > 0 { try advanceCalls(ends: [received]) }
    }

    private func advanceCalls(ends: [Int], rows: Int = 0) throws {
        for (index, call) in calls.enumerated() {
            try advanced(rows * index / calls.count)
            try call.advance(&tracks, ends: ends)
        }
    }

    /// The rows that every output column has.
    private func takeReady() -> RecordBatch? {
        let ready = outputTracks.map { tracks[$0].end }.min() ?? received
        guard ready > emitted else { return nil }
        let range = emitted..<ready
        let batch = RecordBatch(schema: schema, columns: outputTracks.map { tracks[$0].rows(range) }, count: range.count)
        emitted = ready
        release()
        return batch
    }

    /// Lets go of rows that are neither to be emitted nor to be read by a call.
    private func release() {
        for track in tracks.indices {
            var needed = outputTracks.contains(track) ? emitted : tracks[track].end
            for call in calls where call.inputs.contains(track) { needed = min(needed, call.consumed) }
            tracks[track].release(before: needed)
        }
    }
}
