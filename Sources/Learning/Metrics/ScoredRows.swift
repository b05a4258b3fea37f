/// Rows whose score keys stand in the first column of a spool.
struct ScoredRows: Sendable {
    let spool: SampleSpool
    /// Where they stand in each chunk.
    let ranges: [[Range<Int>]]
    let sums: ScoreSums
    let threads: Int

    /// With `hasTable`, also probabilities beside what came true.
    func metrics(hasTable: Bool) throws -> Metrics {
        guard let keys = sums.keys else { return Metrics(sums, areaUnderCurve: nil, calibrationTable: nil) }
        return Metrics(
            sums, areaUnderCurve: try AreaUnderCurve(rows: self, keys: keys).area(),
            calibrationTable: hasTable ? try CalibrationTable(rows: self, keys: keys).bins() : nil)
    }

    var count: Int { sums.rows }

    /// Calls `body` with the keys of every range, whole chunks at a time; the results stand in the order of rows.
    @discardableResult
    func mapRanges<Memory, Result: Sendable>(
        memory: @Sendable () -> Memory, _ body: @Sendable (UnsafeBufferPointer<UInt64>, Memory) throws -> Result
    ) throws -> [Result] {
        try spool.mapChunks(reading: 0..<1, threads: threads, where: { !ranges[$0].isEmpty }, memory: memory) { index, chunk, memory in
            try ranges[index].map { try body(UnsafeBufferPointer(start: chunk.keys + $0.lowerBound, count: $0.count), memory) }
        }.flatMap(\.self)
    }
}
