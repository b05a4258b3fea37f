import Columnar

/// A block of rows as a window function sees it: each row with the `lookBack` rows before it.
struct WindowBlock<Element: SeriesElement> {
    /// The first row; the rows before it stand at negative indexes.
    let values: UnsafePointer<Element>
    /// A byte per row, at the same indexes: 1, or 0 for a null, whose value is the function's `fill`.
    let valid: UnsafePointer<UInt8>
    let count: Int
    /// Non-null rows in each row's window; nil when every window is full of values.
    let present: UnsafePointer<Int32>?
}

/// A function of the last `lookBack + 1` rows, computed for a block of rows at a time.
protocol WindowFunction {
    associatedtype Element: SeriesElement
    associatedtype Result: SeriesElement
    var lookBack: Int { get }
    /// What stands in for a null.
    var fill: Element { get }

    /// Writes 1 for each row that has a result, else 0; asked only of a block with `present`.
    func findResults(_ block: WindowBlock<Element>, _ present: UnsafePointer<Int32>, into valid: UnsafeMutablePointer<UInt8>)

    /// Writes a result per row; one that is not finite counts as null. Rows whose byte in `valid` is 0 may hold anything.
    mutating func evaluate(
        _ block: WindowBlock<Element>, into results: UnsafeMutablePointer<Result>, valid: UnsafePointer<UInt8>?) throws
}

/// A window function of one series as a kernel.
///
/// The closures are made where the function's type is known, so that the loops they run are compiled for it; the methods of
/// a generic class reached through a protocol would not be.
final class WindowKernel: SeriesKernel {
    private let updateRun: (Column, Range<Int>, SeriesOutput) throws -> Void
    private let saveRun: () -> [UInt8]
    private let restoreRun: ([UInt8]) throws -> Void
    private let resetRun: () -> Void

    init<Function: WindowFunction>(_ function: Function) {
        var run = WindowRun(function)
        updateRun = { try run.update($0, $1, into: $2) }
        saveRun = { run.history.save() }
        restoreRun = { try run.restore($0) }
        resetRun = { run.reset() }
    }

    func update(_ inputs: [Column], _ range: Range<Int>, into outputs: [SeriesOutput]) throws {
        try updateRun(inputs[0], range, outputs[0])
    }

    func save() -> [UInt8] { saveRun() }
    func restore(_ state: [UInt8]) throws { try restoreRun(state) }
    func reset() { resetRun() }
}
