import Momentum
import Testing
import TickbookPlugin

@Suite struct MomentumTests {
    @Test func aPastReturnLeavesOutTheLastRows() throws {
        let results = try results(PastReturn(Arguments(["long": 3, "skip": 1])), [100, 110, 121, 60, 55])
        #expect(results[..<3].allSatisfy { $0.isNaN })
        #expect(abs(results[3] - 0.21) < 1e-12 && abs(results[4] - (60.0 / 110 - 1)) < 1e-12)
    }

    @Test func skipBeyondLongIsRefused() {
        #expect(throws: PluginError.self) { try PastReturn(Arguments(["long": 3, "skip": 3])) }
    }

    /// With averages of one value each the index is the direction of the last change.
    @Test func strengthOfSingleChangesIsTheirDirection() throws {
        let results = try results(TrueStrength(Arguments(["long": 1, "short": 1])), [1, 3, 2, .nan, 9])
        #expect(results[1] == 100 && results[2] == -100 && results[4] == 100)
        #expect(results[0].isNaN && results[3].isNaN)
    }

    /// By hand: changes 2, -1, 4, 1; averages of two from the seed 0.5 on: 0.5, 17/6, 29/18; of their sizes: 1.5, 19/6, 31/18.
    @Test func strengthIsTheShareOfSmoothedChanges() throws {
        let results = try results(TrueStrength(Arguments(["long": 2, "short": 1])), [0, 2, 1, 5, 6])
        #expect(abs(results[2] - 100.0 / 3) < 1e-9 && abs(results[3] - 100 * 17.0 / 19) < 1e-9 && abs(results[4] - 100 * 29.0 / 31) < 1e-9)
    }

    private func results<Type: Indicator>(_ indicator: Type, _ values: [Double]) throws -> [Double] {
        var state = indicator.start
        var results = [Double](repeating: 0, count: values.count)
        try values.withUnsafeBufferPointer { input in
            try results.withUnsafeMutableBufferPointer { output in
                try indicator.update(&state, Rows(count: values.count, inputs: [input], outputs: [output]))
            }
        }
        return results
    }
}
