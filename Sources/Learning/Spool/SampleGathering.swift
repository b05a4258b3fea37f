import Columnar

/// Moves the usable rows of a record batch stream into a spool.
///
/// A row is usable when its time, target and all features are there, its label end too where the stream has them, and every
/// feature is finite.
struct SampleGathering {
    let spool: SampleSpool
    let timeType: DataType
    let featureTypes: [Field]
    private(set) var unusable = UnusableRows()
    private let specification: TrainingSpecification
    /// Time, label end where there is one, target, then features; and where they stand in the stream.
    private let names: [String]
    private let columns: [Int]
    private let entityColumns: [Int]
    private var entity: [Value]?

    /// Checks names and types of the stream's columns against the specification.
    init(
        schema: Schema, specification: TrainingSpecification, spoolFolder: String, memoryBudget: Int,
        checkCancellation: @escaping @Sendable () throws -> Void
    ) throws {
        self.specification = specification
        let hasLabelEnds = specification.needsLabelEnds || schema.index(of: specification.labelEnd) != nil
        names = [specification.time] + (hasLabelEnds ? [specification.labelEnd] : []) + [specification.target] + specification.features
        columns = try names.map { try Self.index(of: $0, in: schema) }
        entityColumns = try specification.entity.map { try Self.index(of: $0, in: schema) }
        timeType = schema.fields[columns[0]].type
        featureTypes = columns.suffix(specification.features.count).map { schema.fields[$0] }
        spool = try SampleSpool(
            folder: spoolFolder, featureCount: specification.features.count, keepsLabelEnds: specification.needsLabelEnds,
            memoryBudget: memoryBudget,
            checkCancellation: checkCancellation)
        try checkTypes(columns.map { schema.fields[$0] })
    }

    mutating func gather(_ stream: any RecordBatchStream) throws {
        while let batch = try stream.next() {
            let wanted = columns.map { batch.columns[$0] }
            let entities = entityColumns.map { batch.columns[$0] }
            for run in usableRuns(of: wanted, count: batch.count) {
                for entity in entityRuns(of: run, entities) {
                    if let name = entity.name { spool.beginEntity(name) }
                    try append(entity.rows, of: wanted)
                }
            }
        }
        try spool.finishWriting()
    }

    /// Where the target stands in `names` and `columns`; the features follow.
    private var target: Int { names.count - specification.features.count - 1 }

    private static func index(of name: String, in schema: Schema) throws(LearningFault) -> Int {
        guard let index = schema.index(of: name) else {
            throw LearningFault("training rows have no column \(name); they have \(schema.names.joined(separator: ", "))")
        }
        return index
    }

    /// The rows of `run` entity by entity, each with its name where another begins; rows are sorted by entity.
    private mutating func entityRuns(of run: Range<Int>, _ columns: [Column]) -> [(name: String?, rows: Range<Int>)] {
        guard !columns.isEmpty else { return [(nil, run)] }
        var runs: [(name: String?, rows: Range<Int>)] = []
        var start = run.lowerBound
        while start < run.upperBound {
            let current = columns.map { $0[start] }
            let end = end(ofEntity: current, in: start..<run.upperBound, columns)
            runs.append((current == entity ? nil : current.map(\.description).joined(separator: "/"), start..<end))
            (entity, start) = (current, end)
        }
        return runs
    }

    /// Found by halving.
    private func end(ofEntity entity: [Value], in rows: Range<Int>, _ columns: [Column]) -> Int {
        if columns.map({ $0[rows.upperBound - 1] }) == entity { return rows.upperBound }
        var (inside, outside) = (rows.lowerBound, rows.upperBound - 1)
        while inside + 1 < outside {
            let middle = (inside + outside) / 2
            if columns.map({ $0[middle] }) == entity { inside = middle } else { outside = middle }
        }
        return outside
    }

    private func checkTypes(_ fields: [Field]) throws(LearningFault) {
        guard fields[0].type.isTemporal else {
            throw LearningFault("time column \(fields[0].name) is \(fields[0].type.rawValue); expected date or timestamp")
        }
        if let labelEnd = fields[..<target].dropFirst().first, labelEnd.type != fields[0].type {
            throw LearningFault(
                "time column \(fields[0].name) is \(fields[0].type.rawValue) and \(labelEnd.name) is \(labelEnd.type.rawValue);"
                    + " both must be date, or both timestamp")
        }
        guard fields[target].type == .bool || fields[target].type == .int else {
            throw LearningFault("target \(specification.targetName) is \(fields[target].type.rawValue); expected bool, or int of 0 and 1")
        }
        for field in fields[(target + 1)...] where !field.type.isNumeric && field.type != .bool {
            throw LearningFault("feature \(field.name) is \(field.type.rawValue); expected double, int or bool")
        }
    }

    /// The usable rows as runs in order, counting the others by the first column that rules them out.
    private mutating func usableRuns(of wanted: [Column], count: Int) -> [Range<Int>] {
        var rulingOut: [Int16]?
        for (position, column) in wanted.enumerated().reversed() where column.hasUnusableRows {
            var marks = rulingOut ?? Array(repeating: -1, count: count)
            for row in 0..<count where column.isUnusable(row) { marks[row] = Int16(clamping: position) }
            rulingOut = marks
        }
        guard let rulingOut else { return [0..<count] }
        var runs: [Range<Int>] = []
        var start = 0
        for row in 0..<count where rulingOut[row] >= 0 {
            if start < row { runs.append(start..<row) }
            start = row + 1
            unusable.count(reason(position: Int(rulingOut[row])))
        }
        if start < count { runs.append(start..<count) }
        return runs
    }

    /// What a row lacks, in the words of whoever asked for the fit: where a label's end is missing, the target is not known.
    private func reason(position: Int) -> String {
        (1...target).contains(position) ? specification.targetName : names[position]
    }

    private func append(_ run: Range<Int>, of wanted: [Column]) throws {
        try checkTarget(run, wanted[target])
        var rest = run
        while !rest.isEmpty {
            let added = try spool.append(atMost: rest.count) { chunk, start, count in
                let rows = rest.prefix(count)
                copyTimes(wanted[0], rows, to: chunk.times + start)
                if spool.keepsLabelEnds { copyTimes(wanted[1], rows, to: chunk.labelEnds + start) }
                copyNumbers(wanted[target], rows, to: chunk.labels + start)
                for (feature, column) in wanted[(target + 1)...].enumerated() {
                    copyNumbers(column, rows, to: chunk.feature(feature) + start)
                }
            }
            rest = rest.dropFirst(added)
        }
    }

    private func checkTarget(_ rows: Range<Int>, _ target: Column) throws(LearningFault) {
        guard target.type == .int else { return }
        for value in target.ints[rows] where value != 0 && value != 1 {
            throw LearningFault("target \(specification.targetName) is \(value) in a row; expected only 0 and 1")
        }
    }

    private func copyTimes(_ column: Column, _ rows: Range<Int>, to destination: UnsafeMutablePointer<Int64>) {
        if column.type == .date {
            let days = column.elements(as: Int32.self)
            for (index, row) in rows.enumerated() { destination[index] = Int64(days[row]) }
        } else {
            destination.update(from: column.ints.baseAddress! + rows.lowerBound, count: rows.count)
        }
    }

    private func copyNumbers(_ column: Column, _ rows: Range<Int>, to destination: UnsafeMutablePointer<Double>) {
        switch column.type {
        case .double: destination.update(from: column.doubles.baseAddress! + rows.lowerBound, count: rows.count)
        case .int:
            let values = column.ints
            for (index, row) in rows.enumerated() { destination[index] = Double(values[row]) }
        default:
            let bits = column.values.typed(as: UInt8.self)
            let first = column.offset + rows.lowerBound
            for index in 0..<rows.count { destination[index] = Double(bits[(first + index) >> 3] >> UInt8((first + index) & 7) & 1) }
        }
    }
}

extension Column {
    /// Whether a row is null or not finite; quick to say no.
    fileprivate var hasUnusableRows: Bool {
        if validity != nil, nullCount > 0 { return true }
        guard type == .double else { return false }
        // A finite number times zero is zero; anything else is NaN and stays so in the sum.
        var sums = SIMD4<Double>.zero
        let values = doubles
        let whole = count & ~3
        for row in stride(from: 0, to: whole, by: 4) {
            sums += UnsafeRawPointer(values.baseAddress! + row).loadUnaligned(as: SIMD4<Double>.self) * 0
        }
        return sums.sum().isNaN || values[whole...].contains { !$0.isFinite }
    }

    fileprivate func isUnusable(_ row: Int) -> Bool { isNull(row) || (type == .double && !doubles[row].isFinite) }
}

/// Rows left out of a fit, and the column that ruled each out first: time, target with its label's end, then features in order.
package struct UnusableRows: Sendable, Hashable, Codable {
    package private(set) var total = 0
    package private(set) var byColumn: [String: Int] = [:]

    mutating func count(_ column: String) {
        total += 1
        byColumn[column, default: 0] += 1
    }
}
