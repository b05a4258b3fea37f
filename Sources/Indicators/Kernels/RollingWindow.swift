/// The rows of a moving window and what it takes for a result.
struct RollingWindow {
    /// This row and the `length − 1` rows before it.
    let length: Int
    /// Non-null rows a window must hold: all of them, unless partial windows were asked for.
    let required: Int

    init(length: Int, partial: Bool, leastRows: Int = 1) {
        self.length = length
        required = partial ? leastRows : length
    }

    var lookBack: Int { length - 1 }
    var allowsPartial: Bool { required < length }

    func findResults(_ count: Int, _ present: UnsafePointer<Int32>, into valid: UnsafeMutablePointer<UInt8>) {
        let required = Int32(self.required)
        for row in 0..<count { valid[row] = present[row] >= required ? 1 : 0 }
    }
}

/// A window function that needs a number of non-null rows, and nothing else, for a result.
protocol RollingFunction: WindowFunction {
    var window: RollingWindow { get }
}

extension RollingFunction {
    var lookBack: Int { window.lookBack }

    func findResults(_ block: WindowBlock<Element>, _ present: UnsafePointer<Int32>, into valid: UnsafeMutablePointer<UInt8>) {
        window.findResults(block.count, present, into: valid)
    }
}
