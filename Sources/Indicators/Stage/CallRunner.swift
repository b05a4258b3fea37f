import Columnar
import Language
import Planner

/// Runs a call of a series step, and the calls that want other results of the same function: feeds the kernel entity by entity,
/// and lines its results up with the rows they belong to.
final class CallRunner {
    let inputs: [Int]
    let resultType: DataType
    /// The number of the first call it runs.
    let number: Int
    /// Which of the function's results goes to which track.
    private(set) var results: [(component: Int, track: Int)] = []
    /// The rows of the stream that the kernel has seen.
    private(set) var consumed = 0
    private let convertsToDouble: [Bool]
    private let kernel: any SeriesKernel
    private let call: SeriesCall
    private let outputCount: Int
    private let lookAhead: Int
    private var rowsOfEntity = 0
    /// The number of the entity in the stream.
    private var entity = 0
    private var states: EntityStates?

    /// `inputs` are track indexes, `types` the types of those tracks.
    init(_ call: SeriesCall, number: Int, definition: SeriesDefinition, inputs: [Int], types: [DataType]) throws {
        let function = definition.function
        guard let lookAhead = function.window(call.parameters).lookAhead else {
            throw SeriesFault.unsupportedWindow(function: function.name)
        }
        self.lookAhead = max(0, lookAhead)
        self.inputs = inputs
        self.number = number
        self.call = call
        outputCount = max(1, function.outputs.count)
        convertsToDouble = zip(function.inputs, types).map { $0.accepts == .double && $1 == .int }
        kernel = try definition.makeKernel(zip(types, convertsToDouble).map { $1 ? .double : $0 }, call.parameters)
        resultType = function.resultType(types[0])
    }

    /// Whether `other`, which reads the tracks `inputs`, wants a result of what this call computes.
    func computes(_ other: SeriesCall, inputs: [Int]) -> Bool {
        call.function == other.function && call.parameters == other.parameters && self.inputs == inputs
    }

    func put(_ component: Int, in track: Int) {
        precondition((0..<outputCount).contains(component))
        results.append((component, track))
    }

    /// Goes on from states that were kept, and keeps those at the ends of entities; not for calls that look ahead.
    func remember(in states: EntityStates) {
        precondition(lookAhead == 0)
        self.states = states
    }

    /// Takes up all rows that its inputs have, and appends to its tracks. `ends` are the rows after the last rows of entities, as
    /// far as known and not seen.
    func advance(_ tracks: inout [ColumnTrack], ends: [Int]) throws {
        let available = inputs.map { tracks[$0].end }.min()!
        let outputs = makeOutputs(capacity: max(available, ends.last ?? 0) - tracks[results[0].track].end)
        for end in ends {
            try consume(upTo: end, tracks, into: outputs)
            endEntity(outputs)
        }
        try consume(upTo: available, tracks, into: outputs)
        let columns = outputs.map { $0.finish() }
        for result in results { tracks[result.track].append(columns[result.component]) }
    }

    private func makeOutputs(capacity: Int) -> [SeriesOutput] {
        (0..<outputCount).map { _ in SeriesOutput(type: resultType, capacity: capacity) }
    }

    private func consume(upTo limit: Int, _ tracks: [ColumnTrack], into outputs: [SeriesOutput]) throws {
        if consumed < limit { try resume() }
        while consumed < limit {
            let pieces = inputs.map { tracks[$0].piece(from: consumed, upTo: limit) }
            let count = pieces.map(\.count).min()!
            let columns = zip(pieces, convertsToDouble).map { $1 ? $0.convertedToDouble() : $0 }
            try feed(columns, count, into: outputs)
            consumed += count
        }
    }

    /// The first `lookAhead` results of an entity belong to rows before it and are dropped.
    private func feed(_ columns: [Column], _ count: Int, into outputs: [SeriesOutput]) throws {
        let early = min(count, max(0, lookAhead - rowsOfEntity))
        if early > 0 { try kernel.update(columns, 0..<early, into: makeOutputs(capacity: early)) }
        if early < count { try kernel.update(columns, early..<count, into: outputs) }
        rowsOfEntity += count
    }

    private func resume() throws {
        guard rowsOfEntity == 0, let state = states?.state(of: number, entity: entity) else { return }
        try kernel.restore(state)
    }

    private func endEntity(_ outputs: [SeriesOutput]) {
        for output in outputs { output.appendNulls(min(lookAhead, rowsOfEntity)) }
        rowsOfEntity = 0
        if let states { states.keep(kernel.save(), of: number, entity: entity) }
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
