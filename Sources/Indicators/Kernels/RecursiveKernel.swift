import Columnar

/// A function of all rows so far, through a state of fixed size.
protocol RecursiveFunction {
    /// Made of 8-byte numbers only, so that equal states are equal bytes.
    associatedtype State: BitwiseCopyable
    /// Before the first row.
    var start: State { get }

    /// Folds in `count` rows without null, a pointer per series argument, and writes a row of each result; NaN stands for none.
    func update(
        _ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: [UnsafeMutablePointer<Double>])
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
        let results = outputs.map { $0.position(as: Double.self) }
        withExtendedLifetime(columns) {
            let inputs = columns.map { $0.doubles.baseAddress! + rows.lowerBound }
            function.update(&state, inputs, rows.count, into: results)
        }
        for (output, results) in zip(outputs, results) {
            if Double.allFinite(results, rows.count) {
                output.advance(rows.count)
                continue
            }
            valid.reserve(rows.count)
            for row in 0..<rows.count {
                valid.pointer[row] = results[row].isFinite ? 1 : 0
                if !results[row].isFinite { results[row] = 0 }
            }
            output.advance(rows.count, valid: valid.pointer)
        }
    }
}
