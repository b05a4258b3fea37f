/// Training rows in fixed chunks: in memory while a budget lasts, then in a temporary file, so that memory does not grow with
/// their number.
///
/// Invariants:
/// 1. Every chunk but the last holds `chunkRows` rows, whatever the batches they came in: nothing depends on batch sizes.
/// 2. A chunk is `columnCount` columns of `chunkRows` eight-byte numbers: time (later the score key), label, features and, where
///    kept, label end.
/// 3. The first chunks are resident, the others in the file; a chunk never moves, and no result depends on where it is.
package final class SampleSpool: @unchecked Sendable {
    /// Rows of one chunk; a multiple of the SIMD width.
    package static let chunkRows = 16_384
    /// Bytes: a fit of millions of rows leaves most of them to the file, which the system keeps in memory as long as it has some
    /// to spare; so the process stays small.
    package static let defaultMemoryBudget = 192 << 20

    package let featureCount: Int
    package private(set) var rowCount = 0
    private(set) var entities = EntityRuns()
    let keepsLabelEnds: Bool
    let folder: String
    /// Throws when the fit is no longer wanted; asked before every chunk.
    let checkCancellation: @Sendable () throws -> Void
    private let memoryBudget: Int
    private var resident: ResidentBlocks
    private var file: TemporaryFile?
    /// The chunk rows are appended to.
    private var last: SampleChunk?

    var columnCount: Int { featureCount + (keepsLabelEnds ? 3 : 2) }
    /// The columns a fit reads once roles are known: label and features.
    var sampleColumns: Range<Int> { 1..<featureCount + 2 }
    var chunkCount: Int { (rowCount + Self.chunkRows - 1) / Self.chunkRows }
    var isWholeInMemory: Bool { chunkCount <= resident.count }
    /// Bytes a pass may take for what it keeps of the rows: what the chunks left, and an eighth of the budget at least.
    var memoryForPasses: Int { max(memoryBudget - resident.count * resident.blockBytes, memoryBudget / 8) }

    /// An empty spool that takes up to `memoryBudget` bytes for its rows; `folder` must exist and have room for the other rows,
    /// `8 · (features + 3)` bytes each, or 8 less without label ends.
    package init(
        folder: String, featureCount: Int, keepsLabelEnds: Bool = true, memoryBudget: Int = defaultMemoryBudget,
        checkCancellation: @escaping @Sendable () throws -> Void = {}
    ) throws(LearningFault) {
        try TemporaryFile.check(folder: folder)
        self.folder = folder
        self.checkCancellation = checkCancellation
        self.featureCount = featureCount
        self.keepsLabelEnds = keepsLabelEnds
        self.memoryBudget = memoryBudget
        let columnCount = featureCount + (keepsLabelEnds ? 3 : 2)
        resident = ResidentBlocks(blockBytes: SampleChunk.byteCount(columnCount: columnCount), budget: memoryBudget)
    }

    /// Rows the chunk at `index` holds.
    func rowCount(ofChunk index: Int) -> Int { min(Self.chunkRows, rowCount - index * Self.chunkRows) }

    /// Appends up to one chunk's remaining room of rows through `fill(chunk, first row in the chunk)`; returns how many were added.
    func append(atMost rows: Int, fill: (SampleChunk, Int, Int) -> Void) throws(LearningFault) -> Int {
        let start = rowCount % Self.chunkRows
        let added = min(rows, Self.chunkRows - start)
        let chunk = start == 0 ? try startChunk() : last!
        fill(chunk, start, added)
        rowCount += added
        if rowCount % Self.chunkRows == 0 { try write(0..<columnCount, ofChunk: chunkCount - 1, from: chunk) }
        return added
    }

    /// Rows appended from now on are of the entity `name`.
    func beginEntity(_ name: String) { entities.begin(name, at: rowCount) }

    /// Writes the rows of a last chunk that is not full; no row can be appended after.
    func finishWriting() throws(LearningFault) {
        if rowCount % Self.chunkRows != 0 { try write(0..<columnCount, ofChunk: chunkCount - 1, from: last!) }
        last = nil
    }

    /// The chunk at `index` where it lies in memory; else its columns `columns` read into `buffer`.
    func chunk(_ index: Int, reading columns: Range<Int>, into buffer: SampleChunk?) throws(LearningFault) -> SampleChunk {
        guard index >= resident.count else { return SampleChunk(columnCount: columnCount, residentAt: resident[index]) }
        let buffer = buffer ?? SampleChunk(columnCount: columnCount)
        try file!.read(into: buffer.bytes(of: columns), at: offset(of: columns, inChunk: index))
        return buffer
    }

    /// Overwrites the columns `columns` of one chunk; a chunk that is the resident one itself holds them already.
    func write(_ columns: Range<Int>, ofChunk index: Int, from chunk: SampleChunk) throws(LearningFault) {
        let bytes = UnsafeRawBufferPointer(chunk.bytes(of: columns))
        guard index < resident.count else { return try file!.write(bytes, at: offset(of: columns, inChunk: index)) }
        guard chunk.memory != resident[index] else { return }
        SampleChunk(columnCount: columnCount, residentAt: resident[index]).bytes(of: columns).copyMemory(from: bytes)
    }

    private func startChunk() throws(LearningFault) -> SampleChunk {
        let chunk: SampleChunk
        if let block = resident.append() {
            chunk = SampleChunk(columnCount: columnCount, residentAt: block)
        } else if file == nil {
            file = try TemporaryFile(folder: folder)
            chunk = SampleChunk(columnCount: columnCount)
        } else {
            chunk = last!
        }
        last = chunk
        return chunk
    }

    private func offset(of columns: Range<Int>, inChunk index: Int) -> Int {
        ((index - resident.count) * columnCount + columns.lowerBound) * Self.chunkRows * 8
    }
}
