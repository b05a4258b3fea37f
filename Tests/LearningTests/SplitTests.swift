import Columnar
import Foundation
import Testing

@testable import Learning

@Suite struct SplitTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func cutAndPurgeMatchTheirDefinition(seed: UInt64) throws {
        let table = SampleTable.random(entities: 3 + Int(seed), days: 20 + Int(seed) * 7, seed: seed)
        let report = try table.fit(fraction: 0.5 + Double(seed) / 50).report
        let dates = table.dates.map { $0! }
        let cut = Set(dates).sorted().first { day in Double(dates.count { $0 < day }) >= (0.5 + Double(seed) / 50) * Double(dates.count) }!
        let before = dates.indices.filter { dates[$0] < cut }
        let train = before.filter { table.labelEnds[$0]! < cut }
        #expect(dayNumber(report.splitTime!) == cut)
        #expect(report.rows.train == train.count)
        #expect(report.rows.purged == before.count - train.count)
        #expect(report.rows.test == dates.count - before.count)
        #expect(report.rows.trainPositives == train.count { table.targets[$0] == true })
    }

    @Test func cutIsExactAcrossTheWholeRangeOfTimes() throws {
        var numbers = SeededNumbers(seed: 7)
        let times = (0..<40_000).map { _ in Int64.random(in: Int64.min...Int64.max, using: &numbers) } + [.min, .max]
        let spool = try SampleSpool(folder: NSTemporaryDirectory(), featureCount: 1)
        var done = 0
        while done < times.count {
            done += try spool.append(atMost: times.count - done) { chunk, start, count in
                for index in 0..<count { chunk.times[start + index] = times[done + index] }
            }
        }
        try spool.finishWriting()
        let sorted = times.sorted()
        let rank = Int((0.8 * Double(times.count)).rounded(.up))
        #expect(try TimeSplit(spool: spool, threads: 2).cut(fraction: 0.8) == sorted[rank...].first { $0 > sorted[rank - 1] })
    }

    @Test func changingPurgedRowsChangesNothing() throws {
        let table = SampleTable.random(entities: 5, days: 100, seed: 3)
        let fitted = try table.fit()
        let cut = dayNumber(fitted.report.splitTime!)!
        var changed = table
        for row in table.dates.indices where table.dates[row]! < cut && table.labelEnds[row]! >= cut {
            changed.targets[row]!.toggle()
            changed.features[0][row] = 1e6
        }
        #expect(try changed.fit().model == fitted.model)
    }

    @Test func withoutASplitAllRowsTrain() throws {
        let report = try SampleTable.random(entities: 2, days: 50, seed: 1).fit(fraction: nil).report
        #expect(report.rows.train == 100 && report.testMetrics == nil && report.splitTime == nil)
    }

    @Test func withoutASplitLabelEndsAreNotNeeded() throws {
        let table = SampleTable.random(entities: 2, days: 50, seed: 1)
        let stream = table.stream()
        let kept = [0] + (2..<stream.schema.fields.count)
        let schema = Schema(kept.map { stream.schema.fields[$0] })
        var batches: [RecordBatch] = []
        while let batch = stream.next() {
            batches.append(RecordBatch(schema: schema, columns: kept.map { batch.columns[$0] }, count: batch.count))
        }
        let fitted = try Trainer(spoolFolder: NSTemporaryDirectory()).fit(
            samples: InMemoryStream(schema: schema, batches: batches),
            specification: TrainingSpecification(features: table.names, target: "up", time: "date", split: nil))
        #expect(fitted.model == (try table.fit(fraction: nil).model))
    }

    @Test func rowsWithAMissingValueAreLeftOutAndCounted() throws {
        let table = SampleTable.random(entities: 2, days: 60, seed: 5)
        var holed = table
        holed.append(date: nil, labelEnd: 1, target: true, [1, 1, 1])
        holed.append(date: 1, labelEnd: nil, target: true, [1, 1, 1])
        holed.append(date: 1, labelEnd: 1, target: nil, [1, 1, 1])
        holed.append(date: 1, labelEnd: 1, target: true, [1, nil, nil])
        holed.append(date: 1, labelEnd: 1, target: true, [1, .infinity, 1])
        let fitted = try holed.fit()
        #expect(fitted.report.rows.unusable.byColumn == ["date": 1, "up": 2, "f1": 2])
        #expect(fitted.model == (try table.fit().model))
    }
}
