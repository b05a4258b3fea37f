import Foundation
import Learning
import Testing

@Suite struct DeterminismTests {
    private let table = SampleTable.random(entities: 50, days: 1000, seed: 11)

    @Test(arguments: [[1, 7, 300], [65_536], [16_384], [5000, 1]])
    func batchSizesDoNotChangeABit(sizes: [Int]) throws {
        let (fitted, expected) = (try table.fit(batchSizes: sizes), try table.fit())
        #expect(fitted.model == expected.model)
        #expect(fitted.report == expected.report)
    }

    @Test(arguments: [1, 2, 5])
    func threadsDoNotChangeABit(threads: Int) throws {
        let (fitted, expected) = (try table.fit(threads: threads), try table.fit())
        #expect(fitted.model == expected.model)
        #expect(fitted.report == expected.report)
    }

    /// Nothing in memory; one chunk of three features; two and a half; all rows but not their keys for ranking.
    @Test(arguments: [0, 6, 15, 26].map { $0 * SampleSpool.chunkRows * 8 }, [0.8, nil])
    func rowsOnDiskDoNotChangeABit(memoryBudget: Int, fraction: Double?) throws {
        let (fitted, expected) = (try table.fit(fraction: fraction, memoryBudget: memoryBudget), try table.fit(fraction: fraction))
        #expect(fitted.model == expected.model)
        #expect(fitted.report == expected.report)
    }

    @Test(arguments: [1, 3])
    func threadsDoNotChangeABitOfRowsOnDisk(threads: Int) throws {
        let (fitted, expected) = (try table.fit(threads: threads, memoryBudget: 0), try table.fit())
        #expect(fitted.model == expected.model)
        #expect(fitted.report == expected.report)
    }

    @Test func modelJSONRoundTripsToTheBit() throws {
        var numbers = SeededNumbers(seed: 9)
        let awkward: [Double] = [0.1, -0.0, .leastNonzeroMagnitude, 1.7976931348623157e308, 1 / 3]
        for _ in 0..<200 {
            let random = (0..<5).map { _ in Double(bitPattern: numbers.next()) }.map { $0.isFinite ? $0 : 1 }
            let model = LogisticModel(
                features: ["a", "b", "c", "d", "e"], means: random, scales: random.map { max(abs($0), .leastNonzeroMagnitude) },
                coefficients: awkward, intercept: random[0])
            let copy = try JSONDecoder().decode(LogisticModel.self, from: JSONEncoder().encode(model))
            #expect(bits(of: copy) == bits(of: model))
        }
    }

    private func bits(of model: LogisticModel) -> [UInt64] {
        (model.means + model.scales + model.coefficients + [model.intercept]).map(\.bitPattern)
    }
}
