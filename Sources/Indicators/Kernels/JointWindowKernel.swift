import Columnar

/// A block of rows of several series as a function of their windows sees it.
struct JointBlock {
    /// By series, its value at the block's first row; the rows before it stand at negative indexes. Rows with a null in any
    /// series hold zeros.
    let inputs: [UnsafePointer<Double>]
    let count: Int
}

/// A function of the last rows of several series of doubles, computed for a block of rows at a time.
protocol JointWindowFunction {
    /// By result, the rows before a row that it reads: a null among these or in the row itself nulls the result.
    var lookBacks: [Int] { get }

    /// Writes `block.count` rows of each result; one that is not finite counts as null.
    mutating func evaluate(_ block: JointBlock, into results: [UnsafeMutablePointer<Double>])
}

/// A function of several series' windows as a kernel; the closures are made as in `WindowKernel`.
final class JointWindowKernel: SeriesKernel {
    private let updateRun: ([Column], Range<Int>, [SeriesOutput]) -> Void
    private let saveRun: () -> [UInt8]
    private let restoreRun: ([UInt8]) throws -> Void
    private let resetRun: () -> Void

    init<Function: JointWindowFunction>(_ function: Function, inputs: Int) {
        var run = JointWindowRun(function, inputs: inputs)
        updateRun = { run.update($0, $1, into: $2) }
        saveRun = { run.history.save() }
        restoreRun = { try run.history.restore($0) }
        resetRun = { run.history.reset() }
    }

    func update(_ inputs: [Column], _ range: Range<Int>, into outputs: [SeriesOutput]) throws { updateRun(inputs, range, outputs) }
    func save() -> [UInt8] { saveRun() }
    func restore(_ state: [UInt8]) throws { try restoreRun(state) }
    func reset() { resetRun() }
}

private struct JointWindowRun<Function: JointWindowFunction> {
    private let blockRows: Int
    private let lookBacks: [Int]
    private var function: Function
    var history: JointHistory
    private var valid = Scratch<UInt8>()

    init(_ function: Function, inputs: Int) {
        self.function = function
        lookBacks = function.lookBacks
        history = JointHistory(inputs: inputs, lookBack: lookBacks.max()!)
        blockRows = max(512, lookBacks.max()!)
    }

    mutating func update(_ columns: [Column], _ range: Range<Int>, into outputs: [SeriesOutput]) {
        var results = outputs.map { $0.position(as: Double.self) }
        let isDense = columns.allSatisfy { $0.validity == nil || $0.slice(range).nullCount == 0 }
        var start = range.lowerBound
        while start < range.upperBound {
            let end = min(start + blockRows, range.upperBound)
            let isReferred = isDense && start - history.lookBack >= range.lowerBound
            if isReferred {
                history.refer(to: columns, start..<end)
                history.fetch(min(blockRows, range.upperBound - end))
            } else {
                history.load(columns, start..<end)
            }
            function.evaluate(JointBlock(inputs: history.inputs, count: end - start), into: results)
            for index in results.indices {
                append(results[index], lookBack: lookBacks[index], to: outputs[index])
                results[index] += end - start
            }
            if !isReferred || end == range.upperBound { history.retain() }
            start = end
        }
    }

    /// Counts the block's results, which stand where they belong, and nulls those that have none.
    private mutating func append(_ results: UnsafeMutablePointer<Double>, lookBack: Int, to output: SeriesOutput) {
        let count = history.count
        if history.isFull(lookBack: lookBack), Double.allFinite(results, count) { return output.advance(count) }
        valid.reserve(count)
        history.findFullWindows(lookBack: lookBack, into: valid.pointer)
        for row in 0..<count {
            if !results[row].isFinite { valid.pointer[row] = 0 }
            if valid.pointer[row] == 0 { results[row] = 0 }
        }
        output.advance(count, valid: valid.pointer)
    }
}
