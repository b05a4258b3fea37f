import Columnar

/// A function of all rows so far, through a state of fixed size.
protocol RecursiveFunction {
    /// Made of 8-byte numbers only, so that equal states are equal bytes.
    associatedtype State: BitwiseCopyable
    /// Before the first row.
    var start: State { get }

    /// Folds in 1 to `mostRows` rows without null, a pointer per series argument, and writes a row of each result; NaN stands for none.
    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>])
}

extension RecursiveFunction {
    /// So many that what is computed on the way to the results stays in the first-level cache.
    static var mostRows: Int { 512 }

    /// Calls `body` with memory for so many columns of `mostRows` rows.
    @inline(__always)
    func withColumns(_ count: Int, _ body: (_ memory: (Int) -> UnsafeMutablePointer<Double>) -> Void) {
        let width = Self.mostRows + 40
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count * width) { memory in
            let first = memory.baseAddress!
            body { first + $0 * width }
        }
    }
}

/// A recursive function as a kernel. A row with a null among its inputs has no result and leaves the state as it is.
///
/// The closures are made where the function's type is known, as in `WindowKernel`.
final class RecursiveKernel: SeriesKernel {
    private let updateRun: ([Column], Range<Int>, [SeriesOutput]) -> Void
    private let saveRun: () -> [UInt8]
    private let restoreRun: ([UInt8]) throws -> Void
    private let resetRun: () -> Void

    init<Function: RecursiveFunction>(_ function: Function) {
        var run = RecursiveRun(function)
        updateRun = { run.update($0, $1, into: $2) }
        saveRun = { run.save() }
        restoreRun = { try run.restore($0) }
        resetRun = { run.reset() }
    }

    func update(_ inputs: [Column], _ range: Range<Int>, into outputs: [SeriesOutput]) throws { updateRun(inputs, range, outputs) }
    func save() -> [UInt8] { saveRun() }
    func restore(_ state: [UInt8]) throws { try restoreRun(state) }
    func reset() { resetRun() }
}

private struct RecursiveRun<Function: RecursiveFunction> {
    private let function: Function
    private var state: Function.State
    private var rows = JointValidity()
    private var valid = Scratch<UInt8>()

    init(_ function: Function) {
        self.function = function
        state = function.start
    }

    mutating func reset() { state = function.start }
    func save() -> [UInt8] { withUnsafeBytes(of: state) { Array($0) } }

    mutating func restore(_ bytes: [UInt8]) throws {
        guard bytes.count == MemoryLayout<Function.State>.size else { throw SeriesFault.damagedState }
        state = bytes.withUnsafeBytes { $0.loadUnaligned(as: Function.State.self) }
    }

    mutating func update(_ columns: [Column], _ range: Range<Int>, into outputs: [SeriesOutput]) {
        guard rows.find(columns, range) else { return append(columns, range, to: outputs) }
        let flags = rows.flags
        var row = 0
        while row < range.count {
            var end = row + 1
            while end < range.count, flags[end] == flags[row] { end += 1 }
            if flags[row] == 0 {
                for output in outputs { output.appendNulls(end - row) }
            } else {
                append(columns, range.lowerBound + row..<range.lowerBound + end, to: outputs)
            }
            row = end
        }
    }

    private mutating func append(_ columns: [Column], _ rows: Range<Int>, to outputs: [SeriesOutput]) {
        var results = outputs.map { $0.position(as: Double.self) }
        withExtendedLifetime(columns) {
            var inputs = columns.map { UnsafePointer($0.doubles.baseAddress! + rows.lowerBound) }
            for start in stride(from: 0, to: rows.count, by: Function.mostRows) {
                let count = min(Function.mostRows, rows.count - start)
                function.update(&state, inputs, count, into: results)
                for index in results.indices { append(results[index], count, to: outputs[index]) }
                for index in inputs.indices { inputs[index] += count }
                for index in results.indices { results[index] += count }
            }
        }
    }

    /// Counts results, which stand where they belong, and nulls those that are not finite.
    private mutating func append(_ results: UnsafeMutablePointer<Double>, _ count: Int, to output: SeriesOutput) {
        if Double.allFinite(results, count) { return output.advance(count) }
        valid.reserve(count)
        for row in 0..<count {
            valid.pointer[row] = results[row].isFinite ? 1 : 0
            if !results[row].isFinite { results[row] = 0 }
        }
        output.advance(count, valid: valid.pointer)
    }
}
