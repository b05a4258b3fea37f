import PluginHost

/// The training rows of a spool, for a plugin's fit: by chunk, in the order within a chunk.
final class TrainingRows: ModelSamples {
    let featureNames: [String]
    private let spool: SampleSpool
    /// The number of training rows before each chunk, and at the end all of them.
    private let starts: [Int]
    private var buffer: SampleChunk?

    init(spool: SampleSpool, roles: [ChunkRoles], featureNames: [String]) {
        self.spool = spool
        self.featureNames = featureNames
        starts = roles.reduce(into: [0]) { $0.append($0.last! + $1.train) }
    }

    var rowCount: Int { starts.last! }

    func read(_ rows: Range<Int>, features: [UnsafeMutablePointer<Double>], labels: UnsafeMutablePointer<Double>) throws {
        var row = rows.lowerBound
        var index = starts.dropLast().lastIndex { $0 <= row } ?? 0
        while row < rows.upperBound {
            let end = min(starts[index + 1], rows.upperBound)
            if row < end {
                let chunk = try spool.chunk(index, reading: spool.sampleColumns, into: buffer)
                if !spool.isWholeInMemory { buffer = chunk.ownsMemory ? chunk : buffer }
                let (source, target) = (row - starts[index], row - rows.lowerBound)
                (labels + target).update(from: chunk.labels + source, count: end - row)
                for (feature, column) in features.enumerated() {
                    (column + target).update(from: chunk.feature(feature) + source, count: end - row)
                }
                row = end
            }
            index += 1
        }
    }

    func checkCancellation() throws { try spool.checkCancellation() }
}
