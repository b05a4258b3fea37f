import Columnar
import Language
import Planner

/// Runs one call of a series step: feeds its kernel entity by entity, and lines its results up with the rows they belong to.
final class CallRunner {
    let inputs: [Int]
    let resultType: DataType
    /// The rows of the stream that the kernel has seen.
    private(set) var consumed = 0
    private let convertsToDouble: [Bool]
    private let kernel: any SeriesKernel
    private let lookAhead: Int
    private var rowsOfEntity = 0
    /// The number of the entity in the stream.
    private var entity = 0
    /// Where states are kept, and the number of this call there.
    private var memory: (states: EntityStates, call: Int)?

    /// `inputs` are track indexes, `types` the types of those tracks.
    init(_ call: SeriesCall, definition: SeriesDefinition, inputs: [Int], types: [DataType]) throws {
        let function = definition.function
        guard let lookAhead = function.window(call.parameters).lookAhead else {
            throw SeriesFault.unsupportedWindow(function: function.name)
        }
        self.lookAhead = max(0, lookAhead)
        self.inputs = inputs
        convertsToDouble = zip(function.inputs, types).map { $0.accepts == .double && $1 == .int }
        kernel = try definition.makeKernel(zip(types, convertsToDouble).map { $1 ? .double : $0 }, call.parameters)
        resultType = function.resultType(types[0])
    }

    /// Goes on from states that were kept, and keeps those at the ends of entities; not for calls that look ahead.
    func remember(in states: EntityStates, as call: Int) {
        precondition(lookAhead == 0)
        memory = (states, call)
    }

    /// Takes up all rows that its inputs have. `ends` are the rows after the last rows of entities, as far as known and not seen.
    func advance(_ tracks: [ColumnTrack], ends: [Int], produced: Int) throws -> Column {
        let available = inputs.map { tracks[$0].end }.min()!
        let output = SeriesOutput(type: resultType, capacity: max(available, ends.last ?? 0) - produced)
        for end in ends {
            try consume(upTo: end, tracks, into: output)
            endEntity(output)
        }
        try consume(upTo: available, tracks, into: output)
        return output.finish()
    }

    private func consume(upTo limit: Int, _ tracks: [ColumnTrack], into output: SeriesOutput) throws {
        if consumed < limit { try resume() }
        while consumed < limit {
            let pieces = inputs.map { tracks[$0].piece(from: consumed, upTo: limit) }
            let count = pieces.map(\.count).min()!
            let columns = zip(pieces, convertsToDouble).map { $1 ? $0.convertedToDouble() : $0 }
            try feed(columns, count, into: output)
            consumed += count
        }
    }

    /// The first `lookAhead` results of an entity belong to rows before it and are dropped.
    private func feed(_ columns: [Column], _ count: Int, into output: SeriesOutput) throws {
        let early = min(count, max(0, lookAhead - rowsOfEntity))
        if early > 0 { try kernel.update(columns, 0..<early, into: SeriesOutput(type: resultType, capacity: early)) }
        if early < count { try kernel.update(columns, early..<count, into: output) }
        rowsOfEntity += count
    }

    private func resume() throws {
        guard rowsOfEntity == 0, let memory, let state = memory.states.state(of: memory.call, entity: entity) else { return }
        try kernel.restore(state)
    }

    private func endEntity(_ output: SeriesOutput) {
        output.appendNulls(min(lookAhead, rowsOfEntity))
        rowsOfEntity = 0
        if let memory { memory.states.keep(kernel.save(), entity: entity) }
        entity += 1
        kernel.reset()
    }
}

extension Column {
    /// An int column as doubles.
    func convertedToDouble() -> Column {
        let buffer = Buffer(uninitializedByteCount: (offset + count) * MemoryLayout<Double>.stride)
        let target = buffer.typed(as: Double.self) + offset
        let source = ints.baseAddress!
        for row in 0..<count { target[row] = Double(source[row]) }
        return Column(type: .double, count: count, offset: offset, validity: validity, values: buffer)
    }

    /// A double column in which infinities and NaN are null.
    func nullingNonFinite() -> Column {
        guard type == .double, count > 0, !Double.allFinite(doubles.baseAddress!, count) else { return self }
        let output = SeriesOutput(type: .double, capacity: count)
        output.position(as: Double.self).update(from: doubles.baseAddress!, count: count)
        let valid = (0..<count).map { UInt8(doubles[$0].isFinite && !isNull($0) ? 1 : 0) }
        output.advance(count, valid: valid)
        return output.finish()
    }
}
