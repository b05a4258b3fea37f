import Columnar

/// Runs a window function over a stream of rows, block by block.
struct WindowRun<Function: WindowFunction> {
    /// Rows of a block: its values and a few intermediate columns fit the first-level cache.
    private let blockRows: Int
    private var function: Function
    private(set) var history: RowHistory<Function.Element>
    private var present = Scratch<Int32>()
    private var valid = Scratch<UInt8>()

    init(_ function: Function) {
        self.function = function
        history = RowHistory(lookBack: function.lookBack, fill: function.fill)
        blockRows = max(512, function.lookBack)
    }

    mutating func reset() { history.reset() }
    mutating func restore(_ state: [UInt8]) throws { try history.restore(state) }

    mutating func update(_ column: Column, _ range: Range<Int>, into output: SeriesOutput) throws {
        let isDense = column.validity == nil || column.slice(range).nullCount == 0
        var start = range.lowerBound
        while start < range.upperBound {
            // The rows that still lack a full window are a block of their own, so that the rows after them need no counting.
            let wanted = history.missingRows > 0 ? history.missingRows : blockRows
            let end = min(start + wanted, range.upperBound)
            let isReferred = isDense && start - function.lookBack >= range.lowerBound
            if isReferred { history.refer(to: column, start..<end) } else { history.load(column, start..<end) }
            if history.isAllValid { try appendDense(to: output) } else { try appendSparse(to: output) }
            if !isReferred || end == range.upperBound { history.retain() }
            start = end
        }
    }

    private mutating func appendDense(to output: SeriesOutput) throws {
        let count = history.count
        let results = output.position(as: Function.Result.self)
        let block = WindowBlock(values: history.values, valid: history.valid, count: count, present: nil)
        try function.evaluate(block, into: results, valid: nil)
        if Function.Result.allFinite(results, count) { return output.advance(count) }
        valid.reserve(count)
        valid.pointer.update(repeating: 1, count: count)
        finish(results, count, to: output)
    }

    private mutating func appendSparse(to output: SeriesOutput) throws {
        let count = history.count
        let results = output.position(as: Function.Result.self)
        countPresent()
        valid.reserve(count)
        let block = WindowBlock(values: history.values, valid: history.valid, count: count, present: present.pointer)
        function.findResults(block, present.pointer, into: valid.pointer)
        try function.evaluate(block, into: results, valid: valid.pointer)
        finish(results, count, to: output)
    }

    /// Nulls the results that are not finite, and appends all.
    private func finish(_ results: UnsafeMutablePointer<Function.Result>, _ count: Int, to output: SeriesOutput) {
        let flags = valid.pointer
        for row in 0..<count {
            if !results[row].isFinite { flags[row] = 0 }
            if flags[row] == 0 { results[row] = .zero }
        }
        output.advance(count, valid: flags)
    }

    private mutating func countPresent() {
        let lookBack = function.lookBack
        present.reserve(history.count)
        var inWindow: Int32 = 0
        for row in -lookBack..<0 { inWindow &+= Int32(history.valid[row]) }
        let flags = history.valid
        let leaving = flags - lookBack
        for row in 0..<history.count {
            inWindow &+= Int32(flags[row])
            present.pointer[row] = inWindow
            inWindow &-= Int32(leaving[row])
        }
    }
}
