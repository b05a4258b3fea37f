import CRows
import Columnar

/// A block of rows of several series with the `lookBack` rows before it, each series in one piece of memory.
///
/// Invariant: a row with a null in any series, or before the entity's first, holds 0 in every series and in the flags.
struct JointHistory {
    let lookBack: Int
    private(set) var count = 0
    private var values: [Scratch<Double>]
    private var flags = Scratch<UInt8>()
    /// The rows without null up to the block's start, at most `lookBack`.
    private var validRun = 0
    private var blockHasNull = false
    /// The block and the rows before it are read where they stand, in the columns.
    private var isReferred = false
    private var validity = JointValidity()

    init(inputs: Int, lookBack: Int) {
        self.lookBack = lookBack
        values = (0..<inputs).map { _ in Scratch() }
        self.inputs = values.map { UnsafePointer($0.pointer) }
        reset()
    }

    /// By series, the value of the block's first row.
    private(set) var inputs: [UnsafePointer<Double>]

    mutating func reset() {
        flags.reserve(lookBack)
        flags.pointer.update(repeating: 0, count: lookBack)
        for index in values.indices {
            values[index].reserve(lookBack)
            values[index].pointer.update(repeating: 0, count: lookBack)
        }
        count = 0
        validRun = 0
    }

    /// Makes the rows `range` of `columns` the block; `retain` must have put away the one before.
    mutating func load(_ columns: [Column], _ range: Range<Int>) {
        isReferred = false
        makeRoom(range.count)
        blockHasNull = validity.find(columns, range)
        let flags = flags.pointer + lookBack
        if blockHasNull { flags.update(from: validity.flags, count: count) } else { flags.update(repeating: 1, count: count) }
        for index in values.indices {
            let target = values[index].pointer + lookBack
            let column = columns[index]
            withExtendedLifetime(column) { target.update(from: column.doubles.baseAddress! + range.lowerBound, count: count) }
            if blockHasNull { for row in 0..<count where flags[row] == 0 { target[row] = 0 } }
        }
    }

    private mutating func makeRoom(_ rows: Int) {
        count = rows
        flags.reserve(lookBack + rows)
        for index in values.indices {
            values[index].reserve(lookBack + rows)
            inputs[index] = UnsafePointer(values[index].pointer + lookBack)
        }
    }

    /// Makes the rows `range` the block without copying them; the columns live until `retain`, and hold the `lookBack` rows before,
    /// none of which is null.
    mutating func refer(to columns: [Column], _ range: Range<Int>) {
        count = range.count
        isReferred = true
        blockHasNull = false
        validRun = lookBack
        for index in inputs.indices { inputs[index] = UnsafePointer(columns[index].doubles.baseAddress! + range.lowerBound) }
    }

    /// Fetches so many rows after the block, which `refer` made, while it is computed.
    func fetch(_ rows: Int) { for input in inputs { rows_fetch(input + count, rows) } }

    /// Keeps the last `lookBack` rows for the next block.
    mutating func retain() {
        for (memory, input) in zip(values, inputs) { memory.pointer.update(from: input + count - lookBack, count: lookBack) }
        if isReferred {
            flags.pointer.update(repeating: 1, count: lookBack)
        } else {
            flags.pointer.update(from: flags.pointer + count, count: lookBack)
            countValidRun()
        }
        count = 0
    }

    /// Whether no row of the block has a null among the `lookBack` rows before it or in itself.
    func isFull(lookBack: Int) -> Bool { !blockHasNull && validRun >= lookBack }

    /// Writes 1 for each row of the block that has no null among the `lookBack` rows before it or in itself, else 0.
    func findFullWindows(lookBack: Int, into valid: UnsafeMutablePointer<UInt8>) {
        if isReferred { return valid.update(repeating: 1, count: count) }
        let flags = flags.pointer + self.lookBack
        var run = validRun
        for row in 0..<count {
            run = flags[row] == 0 ? 0 : run &+ 1
            valid[row] = run > lookBack ? 1 : 0
        }
    }

    /// The last `lookBack` rows: the values of each series, then a byte per row for validity.
    func save() -> [UInt8] {
        var state: [UInt8] = []
        for memory in values { state += UnsafeRawBufferPointer(start: memory.pointer, count: lookBack * MemoryLayout<Double>.stride) }
        return state + UnsafeBufferPointer(start: flags.pointer, count: lookBack)
    }

    mutating func restore(_ state: [UInt8]) throws {
        let width = lookBack * MemoryLayout<Double>.stride
        guard state.count == width * values.count + lookBack, state[(width * values.count)...].allSatisfy({ $0 <= 1 }) else {
            throw SeriesFault.damagedState
        }
        reset()
        guard lookBack > 0 else { return }
        state.withUnsafeBytes { bytes in
            for (index, memory) in values.enumerated() {
                UnsafeMutableRawPointer(memory.pointer).copyMemory(from: bytes.baseAddress! + index * width, byteCount: width)
            }
            UnsafeMutableRawPointer(flags.pointer).copyMemory(from: bytes.baseAddress! + values.count * width, byteCount: lookBack)
        }
        countValidRun()
    }

    private mutating func countValidRun() {
        validRun = 0
        while validRun < lookBack, flags.pointer[lookBack - 1 - validRun] == 1 { validRun += 1 }
    }
}
