import Columnar
import Foundation
import Learning

/// Training rows in memory, for tests.
struct SampleTable {
    /// Of each row; empty where rows are of no entity.
    var symbols: [String] = []
    var dates: [Int32?] = []
    var labelEnds: [Int32?] = []
    var targets: [Bool?] = []
    var features: [[Double?]]
    var names: [String]
    /// Microseconds after midnight: times are timestamps then, not dates.
    var timeOfDay: Int64?

    init(names: [String]) {
        self.names = names
        features = names.map { _ in [] }
    }

    mutating func append(date: Int32?, labelEnd: Int32?, target: Bool?, _ values: [Double?]) {
        dates.append(date)
        labelEnds.append(labelEnd)
        targets.append(target)
        for (index, value) in values.enumerated() { features[index].append(value) }
    }

    /// The rows as a stream whose batches take their sizes from `batchSizes` in turn.
    func stream(batchSizes: [Int] = [1000]) -> InMemoryStream {
        let schema = Schema(
            [Field("date", timeType), Field("label_end", timeType), Field("up", .bool)] + names.map { Field($0, .double) }
                + (symbols.isEmpty ? [] : [Field("symbol", .string)]))
        var columns = [column(dates, timeType, time), column(labelEnds, timeType, time), column(targets, .bool) { .bool($0) }]
        columns += features.map { column($0, .double) { .double($0) } }
        if !symbols.isEmpty { columns.append(column(symbols, .string) { .string($0) }) }
        let whole = RecordBatch(schema: schema, columns: columns, count: dates.count)
        var batches: [RecordBatch] = []
        var start = 0
        while start < dates.count {
            let end = min(dates.count, start + batchSizes[batches.count % batchSizes.count])
            batches.append(whole.slice(start..<end))
            start = end
        }
        return InMemoryStream(schema: schema, batches: batches)
    }

    private var timeType: DataType { timeOfDay == nil ? .date : .timestamp }

    private func time(_ day: Int32) -> Value { timeOfDay.map { .timestamp(Int64(day) * 86_400_000_000 + $0) } ?? .date(day) }

    func fit(
        fraction: Double? = 0.8, split: SampleSplit? = nil, calibration: CalibrationParameters? = nil, batchSizes: [Int] = [1000],
        threads: Int = 2, memoryBudget: Int = SampleSpool.defaultMemoryBudget,
        logistic: LogisticParameters = LogisticParameters()
    ) throws -> TrainedModel {
        try Trainer(spoolFolder: NSTemporaryDirectory(), threads: threads, memoryBudget: memoryBudget).fit(
            samples: stream(batchSizes: batchSizes),
            specification: TrainingSpecification(
                features: names, target: "up", entity: symbols.isEmpty ? [] : ["symbol"], time: "date",
                split: split ?? fraction.map { .share(train: $0, embargo: 0) }, calibration: calibration, method: .logistic(logistic)))
    }

    private func column<Element>(_ values: [Element?], _ type: DataType, _ wrap: (Element) -> Value) -> Column {
        var builder = ColumnBuilder(type: type, capacity: values.count)
        for value in values { builder.append(value.map(wrap) ?? .null) }
        return builder.finish()
    }
}

/// The same numbers for the same seed: a linear congruential generator after Knuth's MMIX.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state ^ state >> 29) &* 0xbf58_476d_1ce4_e5b9
    }
}

extension SampleTable {
    /// Rows of several entities whose target leans on the features; every third label ends up to five days later.
    static func random(entities: Int, days: Int, featureCount: Int = 3, seed: UInt64) -> SampleTable {
        var numbers = SeededNumbers(seed: seed)
        var table = SampleTable(names: (0..<featureCount).map { "f\($0)" })
        for _ in 0..<entities {
            for day in 0..<Int32(days) {
                let values = (0..<featureCount).map { _ in Double.random(in: -2...2, using: &numbers) }
                let noise = Double.random(in: -3...3, using: &numbers)
                let target = values.enumerated().reduce(noise) { $0 + $1.element / Double($1.offset + 1) } > 0
                table.append(date: day, labelEnd: day + Int32.random(in: 0...5, using: &numbers), target: target, values)
            }
        }
        return table
    }
}

extension SampleTable {
    /// From text with the columns symbol, date, features…, up, label_end; an empty field is null.
    init(csv: String) {
        var lines = csv.split(separator: "\n")
        let header = lines.removeFirst().split(separator: ",").map(String.init)
        self.init(names: Array(header[2..<header.count - 2]))
        for line in lines {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let values = fields[2..<fields.count - 2].map { Double($0) }
            let target = fields[fields.count - 2]
            append(
                date: dayNumber(fields[1]), labelEnd: dayNumber(fields[fields.count - 1]), target: target.isEmpty ? nil : target == "1",
                values)
        }
    }
}

func dayNumber(_ iso: String) -> Int32? { CalendarDate(iso: iso)?.days }
