import Columnar

/// A kernel of doubles whose results are another one's series.
final class PipedKernel: SeriesKernel {
    private let first: any SeriesKernel
    /// How many results the first kernel has, which are the second's series.
    private let links: Int
    private let second: any SeriesKernel

    init(_ first: any SeriesKernel, links: Int, _ second: any SeriesKernel) {
        self.first = first
        self.links = links
        self.second = second
    }

    func update(_ inputs: [Column], _ range: Range<Int>, into outputs: [SeriesOutput]) throws {
        // So many rows at a time that what stands between the two stays in the cache.
        let piece = 2048
        for start in stride(from: range.lowerBound, to: range.upperBound, by: piece) {
            let rows = start..<min(start + piece, range.upperBound)
            let between = (0..<links).map { _ in SeriesOutput(type: .double, capacity: rows.count) }
            try first.update(inputs, rows, into: between)
            try second.update(between.map { $0.finish() }, 0..<rows.count, into: outputs)
        }
    }

    /// The length of the first kernel's state in 8 bytes, then both states.
    func save() -> [UInt8] {
        let state = first.save()
        return withUnsafeBytes(of: UInt64(state.count).littleEndian) { Array($0) } + state + second.save()
    }

    func restore(_ state: [UInt8]) throws {
        guard state.count >= 8 else { throw SeriesFault.damagedState }
        let length = state.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
        guard length <= state.count - 8 else { throw SeriesFault.damagedState }
        try first.restore(Array(state[8..<8 + Int(length)]))
        try second.restore(Array(state[(8 + Int(length))...]))
    }

    func reset() {
        first.reset()
        second.reset()
    }
}
