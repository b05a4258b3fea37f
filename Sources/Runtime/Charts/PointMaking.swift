import Charts
import Columnar
import Language

/// Points of rows in any order; of very many, a sample that is the same in every run.
struct PointMaking {
    private static let limit = 10_000

    let x: Field
    let y: Field
    let split: [Field]

    func chart(_ rows: any RecordBatchStream) throws -> Chart {
        var sample: [(key: [Value], point: ChartPoint)] = []
        var names: [[Value]] = []
        var known: Set<[Value]> = []
        var count = 0
        var random = SampleNumbers()
        while let batch = try rows.next() {
            let keys = ChartColumns(split, batch)
            let numbers = ChartColumns([x, y], batch)
            for row in 0..<batch.count {
                guard let x = numbers.number(0, row), let y = numbers.number(1, row) else { continue }
                let key = keys.values(row)
                if known.insert(key).inserted {
                    names.append(key)
                    guard names.count <= ChartSeries.limit else { throw tooManySeries(names) }
                }
                count += 1
                // Vitter's algorithm R: each row is in the sample with the same chance.
                if sample.count < Self.limit {
                    sample.append((key, ChartPoint(x, y)))
                } else if case let place = random.next(below: count), place < Self.limit {
                    sample[place] = (key, ChartPoint(x, y))
                }
            }
        }
        let series = names.map { name in
            ChartSeries(split.isEmpty ? y.name : name.seriesName, sample.filter { $0.key == name }.map(\.point))
        }
        let note = count > Self.limit ? "\(Self.limit.grouped) of \(count.grouped) rows, chosen at random" : nil
        return Chart(note: note, x: ChartAxis(x), y: ChartAxis(y), marks: .points(series))
    }

    private func tooManySeries(_ names: [[Value]]) -> ChartFault {
        .tooManySeries(
            chart: "scatter", split: split.map(\.name), examples: Array(names.prefix(3)), limit: ChartSeries.limit)
    }
}

/// SplitMix64, from a fixed start (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
private struct SampleNumbers {
    private var state: UInt64 = 1

    mutating func next(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)).multipliedFullWidth(by: UInt64(limit)).high)
    }
}
