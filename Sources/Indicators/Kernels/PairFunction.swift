/// A function of a row and the row `lookBack` before it: null when either is null, whatever stands between.
protocol PairFunction: WindowFunction {}

extension PairFunction {
    func findResults(_ block: WindowBlock<Element>, _ present: UnsafePointer<Int32>, into valid: UnsafeMutablePointer<UInt8>) {
        let older = block.valid - lookBack
        for row in 0..<block.count { valid[row] = block.valid[row] & older[row] }
    }
}
