/// Training rows on disk, in fixed chunks, so that memory does not grow with their number.
///
/// Invariants:
/// 1. Every chunk but the last holds `chunkRows` rows, whatever the batches they came in: nothing depends on batch sizes.
/// 2. A chunk is `columnCount` columns of `chunkRows` eight-byte numbers: time (later the score key), label, features, label end.
package final class SampleSpool: @unchecked Sendable {
    /// Rows of one chunk; a multiple of the SIMD width.
    package static let chunkRows = 16_384

    package let featureCount: Int
    package private(set) var rowCount = 0
    let folder: String
    /// Throws when the fit is no longer wanted; asked before every chunk.
    let checkCancellation: @Sendable () throws -> Void
    private let file: TemporaryFile
    private let writeBuffer: SampleChunk

    var columnCount: Int { featureCount + 3 }
    var chunkCount: Int { (rowCount + Self.chunkRows - 1) / Self.chunkRows }

    /// An empty spool in `folder`, which must exist and have room for `8 · (features + 3)` bytes per row.
    package init(
        folder: String, featureCount: Int, checkCancellation: @escaping @Sendable () throws -> Void = {}
    ) throws(LearningFault) {
        self.folder = folder
        self.checkCancellation = checkCancellation
        file = try TemporaryFile(folder: folder)
        self.featureCount = featureCount
        writeBuffer = SampleChunk(columnCount: featureCount + 3)
    }

    /// Rows the chunk at `index` holds.
    func rowCount(ofChunk index: Int) -> Int { min(Self.chunkRows, rowCount - index * Self.chunkRows) }

    /// Appends up to one chunk's remaining room of rows through `fill(chunk, first row in the chunk)`; returns how many were added.
    func append(atMost rows: Int, fill: (SampleChunk, Int, Int) -> Void) throws(LearningFault) -> Int {
        let start = rowCount % Self.chunkRows
        let added = min(rows, Self.chunkRows - start)
        fill(writeBuffer, start, added)
        rowCount += added
        if rowCount % Self.chunkRows == 0 { try writeLastChunk() }
        return added
    }

    /// Writes the rows still in memory; no row can be appended after.
    func finishWriting() throws(LearningFault) {
        if rowCount % Self.chunkRows != 0 { try writeLastChunk() }
    }

    /// Reads the columns `columns` of one chunk.
    func read(_ columns: Range<Int>, ofChunk index: Int, into chunk: SampleChunk) throws(LearningFault) {
        try file.read(into: chunk.bytes(of: columns), at: offset(of: columns, inChunk: index))
    }

    /// Overwrites the columns `columns` of one chunk.
    func write(_ columns: Range<Int>, ofChunk index: Int, from chunk: SampleChunk) throws(LearningFault) {
        try file.write(UnsafeRawBufferPointer(chunk.bytes(of: columns)), at: offset(of: columns, inChunk: index))
    }

    private func writeLastChunk() throws(LearningFault) {
        try write(0..<columnCount, ofChunk: chunkCount - 1, from: writeBuffer)
    }

    private func offset(of columns: Range<Int>, inChunk index: Int) -> Int {
        (index * columnCount + columns.lowerBound) * Self.chunkRows * 8
    }
}

/// One chunk's columns in memory.
final class SampleChunk {
    private let memory: UnsafeMutableRawPointer
    let columnCount: Int

    init(columnCount: Int) {
        self.columnCount = columnCount
        let byteCount = columnCount * SampleSpool.chunkRows * 8
        memory = .allocate(byteCount: byteCount, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    }

    deinit { memory.deallocate() }

    func bytes(of columns: Range<Int>) -> UnsafeMutableRawBufferPointer {
        let columnBytes = SampleSpool.chunkRows * 8
        return UnsafeMutableRawBufferPointer(start: memory + columns.lowerBound * columnBytes, count: columns.count * columnBytes)
    }

    var times: UnsafeMutablePointer<Int64> { column(0) }
    var scores: UnsafeMutablePointer<Double> { column(0) }
    /// Where a score ranks: its bits, then the label; see `ScoreKey`.
    var keys: UnsafeMutablePointer<UInt64> { column(0) }
    var labels: UnsafeMutablePointer<Double> { column(1) }
    var labelEnds: UnsafeMutablePointer<Int64> { column(columnCount - 1) }
    func feature(_ index: Int) -> UnsafeMutablePointer<Double> { column(index + 2) }

    private func column<Element>(_ index: Int) -> UnsafeMutablePointer<Element> {
        (memory + index * SampleSpool.chunkRows * 8).assumingMemoryBound(to: Element.self)
    }
}
