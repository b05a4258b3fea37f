/// One chunk's columns in memory: its own, or a resident chunk's in a spool that must outlive it.
final class SampleChunk {
    let memory: UnsafeMutableRawPointer
    let columnCount: Int
    let ownsMemory: Bool

    init(columnCount: Int) {
        self.columnCount = columnCount
        let byteCount = Self.byteCount(columnCount: columnCount)
        memory = .allocate(byteCount: byteCount, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
        ownsMemory = true
    }

    init(columnCount: Int, residentAt memory: UnsafeMutableRawPointer) {
        self.columnCount = columnCount
        self.memory = memory
        ownsMemory = false
    }

    deinit { if ownsMemory { memory.deallocate() } }

    static func byteCount(columnCount: Int) -> Int { columnCount * SampleSpool.chunkRows * 8 }

    func bytes(of columns: Range<Int>) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(
            start: memory + Self.byteCount(columnCount: columns.lowerBound), count: Self.byteCount(columnCount: columns.count))
    }

    var times: UnsafeMutablePointer<Int64> { column(0) }
    /// Where a score ranks: its bits, then the label; see `ScoreKey`.
    var keys: UnsafeMutablePointer<UInt64> { column(0) }
    var labels: UnsafeMutablePointer<Double> { column(1) }
    func feature(_ index: Int) -> UnsafeMutablePointer<Double> { column(index + 2) }
    /// Only in a spool that keeps them.
    var labelEnds: UnsafeMutablePointer<Int64> { column(columnCount - 1) }

    private func column<Element>(_ index: Int) -> UnsafeMutablePointer<Element> {
        (memory + Self.byteCount(columnCount: index)).assumingMemoryBound(to: Element.self)
    }
}
