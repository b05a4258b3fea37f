import Columnar
import Foundation

/// Rows of made-up prices: several series of doubles, some of them null, the same for the same seed.
struct SampleRows {
    private let series: [[Double]]
    let columns: [Column]

    var count: Int { series[0].count }

    init(series count: Int, count rows: Int, seed: UInt64, nullEvery: Int? = 29) {
        var noise = Noise(state: seed)
        self.init(
            (0..<count).map { _ in
                (0..<rows).map { _ in
                    if let nullEvery, noise.next() % UInt64(nullEvery) == 0 { return .nan }
                    return 50 + Double(noise.next() % 40_000) / 400
                }
            })
    }

    private init(_ series: [[Double]]) {
        self.series = series
        columns = series.map { values in
            var builder = ColumnBuilder(type: .double, capacity: values.count)
            for value in values { builder.append(value.isNaN ? .null : .double(value)) }
            return builder.finish()
        }
    }

    /// The same rows with one row of every series set; NaN stands for null.
    func setting(_ row: Int, to value: Double) -> SampleRows {
        SampleRows(
            series.enumerated().map { index, values in
                var copy = values
                copy[row] = value + Double(index)
                return copy
            })
    }
}

/// SplitMix64.
struct Noise {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

enum ResidentMemory {
    /// The process's own pages in memory, in bytes. See proc(5), statm.
    static var bytes: Int {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii))?.split(separator: " ") ?? []
        guard fields.count > 2, let resident = Int(fields[1]), let shared = Int(fields[2]) else { return 0 }
        return (resident - shared) * Int(getpagesize())
    }
}
