import Columnar

/// Finds where entities begin in a stream sorted by key, and refuses a stream that is not.
///
/// Entities must ascend, nulls last: then an entity's rows stand together with nothing to remember but the last row.
struct KeyOrder {
    /// As many rows are compared one by one once a search has come down to them.
    private static let fewRows = 8

    private let entityColumns: [Int]
    private let timeColumn: Int?
    private let timeName: String
    /// Of the entity's columns those that have a name for the user: hidden ones only part rows that must not meet in a window.
    private let shown: [Bool]
    private var last: (entity: [Column], time: Column?)?

    /// `entity` and `time` are indexes of the stream's columns.
    init(entity: [Int], time: Int?, schema: Schema) {
        entityColumns = entity
        timeColumn = time
        timeName = time.map { schema.fields[$0].name } ?? ""
        shown = entity.map { !schema.fields[$0].name.hasPrefix("__") }
    }

    /// The rows of the next batch that begin a new entity, but for the stream's first row; throws `SeriesFault`.
    mutating func starts(in batch: RecordBatch) throws -> [Int] {
        let entity = entityColumns.map { batch.columns[$0] }
        let starts = try entityStarts(entity, batch.count)
        let time = timeColumn.map { batch.columns[$0] }
        if let time { try checkTime(time, entity, starts) }
        let lastRow = batch.count - 1..<batch.count
        last = (entity.map { $0.slice(lastRow) }, time?.slice(lastRow))
        return starts
    }

    private func entityStarts(_ entity: [Column], _ count: Int) throws -> [Int] {
        var starts: [Int] = []
        if let last, try begins(entity, 0, after: last.entity, 0) { starts.append(0) }
        try findStarts(entity, 1..<count, &starts)
        return starts
    }

    /// Halves the rows until those of a part, and the row before, are all of one entity.
    private func findStarts(_ entity: [Column], _ rows: Range<Int>, _ starts: inout [Int]) throws {
        if rows.isEmpty || entity.allSatisfy({ KeyComparison.isConstant($0, rows.lowerBound - 1..<rows.upperBound) }) { return }
        if rows.count <= Self.fewRows {
            for row in rows where try begins(entity, row, after: entity, row - 1) { starts.append(row) }
        } else {
            let middle = rows.lowerBound + rows.count / 2
            try findStarts(entity, rows.lowerBound..<middle, &starts)
            try findStarts(entity, middle..<rows.upperBound, &starts)
        }
    }

    private func begins(_ entity: [Column], _ row: Int, after previous: [Column], _ previousRow: Int) throws -> Bool {
        let order = KeyComparison.order(previous, previousRow, entity, row)
        guard order <= 0 else {
            throw SeriesFault.entitiesUnsorted(from: name(previous, previousRow), to: name(entity, row))
        }
        return order < 0
    }

    private func checkTime(_ time: Column, _ entity: [Column], _ starts: [Int]) throws {
        if time.nullCount > 0 {
            let row = (0..<time.count).first(where: time.isNull)!
            throw SeriesFault.missingTime(entity: name(entity, row), column: timeName)
        }
        if starts.first != 0, let lastTime = last?.time { try checkPair(lastTime, 0, time, 0, entity) }
        var start = 0
        for end in starts + [time.count] where end > start {
            if !ascends(time, start..<end) {
                for row in start + 1..<end { try checkPair(time, row - 1, time, row, entity) }
            }
            start = end
        }
    }

    private func checkPair(_ earlier: Column, _ earlierRow: Int, _ time: Column, _ row: Int, _ entity: [Column]) throws {
        let order = KeyComparison.order(earlier, earlierRow, time, row)
        if order < 0 { return }
        let name = name(entity, row)
        if order == 0 { throw SeriesFault.duplicateKey(entity: name, time: time[row]) }
        throw SeriesFault.timeGoesBack(entity: name, from: earlier[earlierRow], to: time[row])
    }

    private func name(_ entity: [Column], _ row: Int) -> [Value] { zip(entity, shown).compactMap { $1 ? $0[row] : nil } }

    /// Whether the rows surely ascend; false for types that have to be compared row by row.
    private func ascends(_ time: Column, _ range: Range<Int>) -> Bool {
        switch time.type {
        case .int, .timestamp: ascends(time.ints, range)
        case .date: ascends(time.elements(as: Int32.self), range)
        case .double, .bool, .string: false
        }
    }

    private func ascends<Number: FixedWidthInteger>(_ values: UnsafeBufferPointer<Number>, _ range: Range<Int>) -> Bool {
        let earlier = values.baseAddress! + range.lowerBound
        let later = earlier + 1
        var violations = 0
        for row in 0..<range.count - 1 { violations |= earlier[row] < later[row] ? 0 : 1 }
        return violations == 0
    }
}
