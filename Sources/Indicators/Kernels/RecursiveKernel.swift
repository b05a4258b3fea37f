import Columnar

/// A function of all rows so far, through a state of fixed size.
protocol RecursiveFunction {
    /// Made of 8-byte numbers only, so that equal states are equal bytes.
    associatedtype State: BitwiseCopyable
    /// Before the first row.
    var start: State { get }

    /// Folds in `count` rows without null, a pointer per series argument, and writes a result for each; NaN stands for none.
    func update(_ state: inout State, _ inputs: [UnsafePointer<Double>], _ count: Int, into results: UnsafeMutablePointer<Double>)
}

/// A recursive function as a kernel. A row with a null among its inputs has no result and leaves the state as it is.
///
/// The closures are made where the function's type is known, as in `WindowKernel`.
final class RecursiveKernel: SeriesKernel {
    private let updateRun: ([Column], Range<Int>, SeriesOutput) -> Void
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

    func update(_ inputs: [Column], _ range: Range<Int>, into output: SeriesOutput) throws { updateRun(inputs, range, output) }
    func save() -> [UInt8] { saveRun() }
    func restore(_ state: [UInt8]) throws { try restoreRun(state) }
    func reset() { resetRun() }
}

private struct RecursiveRun<Function: RecursiveFunction> {
    private let function: Function
    private var state: Function.State
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

    mutating func update(_ columns: [Column], _ range: Range<Int>, into output: SeriesOutput) {
        var row = range.lowerBound
        while row < range.upperBound {
            let isNull = columns.contains { $0.isNull(row) }
            let end = endOfRun(from: row, upTo: range.upperBound, columns, isNull)
            if isNull { output.appendNulls(end - row) } else { append(columns, row..<end, to: output) }
            row = end
        }
    }

    /// The row after those that have, like `row`, a null among the inputs or none.
    private func endOfRun(from row: Int, upTo limit: Int, _ columns: [Column], _ isNull: Bool) -> Int {
        let sparse = columns.filter { $0.validity != nil }
        if sparse.isEmpty { return limit }
        var end = row + 1
        while end < limit, sparse.contains(where: { $0.isNull(end) }) == isNull { end += 1 }
        return end
    }

    private mutating func append(_ columns: [Column], _ rows: Range<Int>, to output: SeriesOutput) {
        let results = output.position(as: Double.self)
        withExtendedLifetime(columns) {
            let inputs = columns.map { $0.doubles.baseAddress! + rows.lowerBound }
            function.update(&state, inputs, rows.count, into: results)
        }
        if Double.allFinite(results, rows.count) { return output.advance(rows.count) }
        valid.reserve(rows.count)
        for row in 0..<rows.count {
            valid.pointer[row] = results[row].isFinite ? 1 : 0
            if !results[row].isFinite { results[row] = 0 }
        }
        output.advance(rows.count, valid: valid.pointer)
    }
}
