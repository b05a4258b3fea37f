/// The training windows and test periods of a walk through time.
struct WalkForwardFolds {
    /// One of them, with its first and last dates.
    struct Fold {
        let bounds: FoldBounds
        let trainDates: ClosedRange<Int>
        let testDates: ClosedRange<Int>
    }

    let dates: TradingDates
    let walk: WalkForward

    /// In order of time; the last test period may be shorter.
    func all() throws(LearningFault) -> [Fold] {
        let first = walk.train + walk.embargo
        guard first < dates.count else {
            throw LearningFault(
                "walk_forward needs more than \(first) dates (train\(walk.embargo > 0 ? " and embargo" : "")), and the usable rows have"
                    + " \(dates.count); take a smaller train or more data")
        }
        return stride(from: first, to: dates.count, by: walk.step).map(fold)
    }

    /// Rows of the model that is kept: those of the last window there is.
    var final: FoldBounds { FoldBounds(start: dates.start(of: walk.expanding ? 0 : max(0, dates.count - walk.train))) }

    private func fold(testingFrom start: Int) -> Fold {
        let (end, trainEnd) = (min(start + walk.test, dates.count), start - walk.embargo)
        let trainStart = walk.expanding ? 0 : trainEnd - walk.train
        let bounds = FoldBounds(
            start: dates.start(of: trainStart), trainEnd: dates.start(of: trainEnd), testStart: dates.start(of: start),
            testEnd: end < dates.count ? dates.start(of: end) : nil)
        return Fold(bounds: bounds, trainDates: trainStart...trainEnd - 1, testDates: start...end - 1)
    }
}

/// Copies the rows of one fold into a spool of their own.
struct FoldExtraction {
    let source: SampleSpool
    let memoryBudget: Int

    /// The rows that are not outside of `bounds`, in their order.
    func rows(within bounds: FoldBounds) throws -> SampleSpool {
        let spool = try SampleSpool(
            folder: source.folder, featureCount: source.featureCount, keepsLabelEnds: true, memoryBudget: memoryBudget,
            checkCancellation: source.checkCancellation)
        let buffer = source.isWholeInMemory ? nil : SampleChunk(columnCount: source.columnCount)
        for index in 0..<source.chunkCount {
            try source.checkCancellation()
            let chunk = try source.chunk(index, reading: 0..<source.columnCount, into: buffer)
            let start = index * SampleSpool.chunkRows
            let rows = start..<start + source.rowCount(ofChunk: index)
            let runs = source.entities.runs(in: rows)
            for run in runs.isEmpty ? [(entity: -1, rows: rows)] : runs {
                let isNew = run.entity >= 0 && spool.entities.names.last != source.entities.names[run.entity]
                if isNew { spool.beginEntity(source.entities.names[run.entity]) }
                try append(run.rows.lowerBound - start..<run.rows.upperBound - start, of: chunk, bounds, to: spool)
            }
        }
        try spool.finishWriting()
        return spool
    }

    private func append(_ rows: Range<Int>, of chunk: SampleChunk, _ bounds: FoldBounds, to spool: SampleSpool) throws {
        var start = rows.lowerBound
        while start < rows.upperBound {
            let isOutside = { (row: Int) in bounds.role(time: chunk.times[row], labelEnd: chunk.labelEnds[row]) == .outside }
            guard let first = (start..<rows.upperBound).first(where: { !isOutside($0) }) else { return }
            let end = (first..<rows.upperBound).first(where: isOutside) ?? rows.upperBound
            try copy(first..<end, of: chunk, to: spool)
            start = end
        }
    }

    private func copy(_ rows: Range<Int>, of source: SampleChunk, to spool: SampleSpool) throws {
        var rest = rows
        while !rest.isEmpty {
            let added = try spool.append(atMost: rest.count) { chunk, start, count in
                for column in 0..<chunk.columnCount {
                    let (from, to) = (source.bytes(of: column..<column + 1), chunk.bytes(of: column..<column + 1))
                    (to.baseAddress! + start * 8).copyMemory(from: from.baseAddress! + rest.lowerBound * 8, byteCount: count * 8)
                }
            }
            rest = rest.dropFirst(added)
        }
    }
}
