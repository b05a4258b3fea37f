import Foundation
import Testing

@testable import Learning

@Suite struct AreaUnderCurveTests {
    @Test(arguments: [(400, 3), (400, 17), (1500, 1_000_000), (20_000, 1), (1000, 2)], [1, 7, 1 << 20])
    func matchesCountingAllPairs(rows: (count: Int, distinct: Int), group: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(rows.count + rows.distinct))
        let scores = (0..<rows.count).map { _ in Double(Int.random(in: 0...rows.distinct, using: &numbers)) / Double(rows.distinct) }
        let labels = scores.map { _ in Bool.random(using: &numbers) }
        #expect(try area(scores, labels, group: group) == naiveArea(scores, labels))
    }

    @Test func oneClassHasNoArea() throws { #expect(try area([0.1, 0.2], [true, true], group: 100) == nil) }

    /// Puts score keys where `ScoringPass` puts them.
    private func area(_ scores: [Double], _ labels: [Bool], group: Int) throws -> Double? {
        let spool = try SampleSpool(folder: NSTemporaryDirectory(), featureCount: 1)
        var done = 0
        while done < scores.count {
            done += try spool.append(atMost: scores.count - done) { chunk, start, count in
                for index in 0..<count {
                    chunk.labels[start + index] = labels[done + index] ? 1 : 0
                    chunk.labelEnds[start + index] = -1
                }
            }
        }
        try spool.finishWriting()
        var sums = ScoreSums()
        for index in 0..<spool.chunkCount {
            let chunk = SampleChunk(columnCount: spool.columnCount)
            for row in 0..<spool.rowCount(ofChunk: index) {
                let source = index * SampleSpool.chunkRows + row
                chunk.keys[row] = ScoreKey(probability: scores[source], label: labels[source] ? 1 : 0).bits
            }
            try spool.write(0..<1, ofChunk: index, from: chunk)
            sums.rows += spool.rowCount(ofChunk: index)
        }
        sums.positives = labels.count { $0 }
        let ranges = (0..<spool.chunkCount).map { [0..<spool.rowCount(ofChunk: $0)] }
        let rows = ScoredRows(spool: spool, ranges: ranges, sums: sums, threads: 2)
        return try AreaUnderCurve(rows: rows, groupRows: group).area()
    }

    private func naiveArea(_ scores: [Double], _ labels: [Bool]) -> Double {
        let positives = zip(scores, labels).filter(\.1).map(\.0).sorted()
        let negatives = zip(scores, labels).filter { !$0.1 }.map(\.0).sorted()
        var doubledWins = 0.0
        var (below, upTo) = (0, 0)
        for score in positives {
            while below < negatives.count, negatives[below] < score { below += 1 }
            while upTo < negatives.count, negatives[upTo] <= score { upTo += 1 }
            doubledWins += Double(below + upTo)
        }
        return doubledWins / (2 * Double(positives.count) * Double(negatives.count))
    }
}
