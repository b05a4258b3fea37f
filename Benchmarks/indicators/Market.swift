import Columnar

/// A made-up market: prices that walk at random, the same in every run.
struct Market {
    let open, high, low, close, volume: Column

    init(rows: Int) {
        var generator = Generator()
        let buffers = (0..<5).map { _ in Buffer(uninitializedByteCount: rows * MemoryLayout<Double>.stride) }
        let columns = buffers.map { $0.typed(as: Double.self) }
        var price = 100.0
        for row in 0..<rows {
            let opened = price
            // Back towards 100, so that no price leaves what is usual.
            price *= 1 + 0.02 * (generator.fraction() - 0.5) + 0.0001 * (100 - price) / 100
            columns[0][row] = opened
            columns[1][row] = max(opened, price) * (1 + 0.005 * generator.fraction())
            columns[2][row] = min(opened, price) * (1 - 0.005 * generator.fraction())
            columns[3][row] = price
            columns[4][row] = (1_000_000 * (0.5 + generator.fraction())).rounded()
        }
        let made = buffers.map { Column(type: .double, count: rows, validity: nil, values: $0) }
        (open, high, low, close, volume) = (made[0], made[1], made[2], made[3], made[4])
    }

    func series(_ name: String) -> Column {
        switch name {
        case "open": open
        case "high": high
        case "low": low
        case "volume": volume
        default: close
        }
    }

    private struct Generator {
        private var state: UInt64 = 20130301

        mutating func fraction() -> Double {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
        }
    }
}
