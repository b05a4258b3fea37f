import Testing
import TickbookPlugin
import __TYPE__

@Suite struct ChangeTests {
    private let change = Change(Arguments(["n": 2]))

    @Test func theChangeIsInPerCent() {
        var state = change.start
        let results = results(&state, [100, 50, 110, 75, .nan, 75])
        #expect(results[0].isNaN && results[1].isNaN && results[4].isNaN)
        #expect(abs(results[2] - 10) < 1e-12 && abs(results[3] - 50) < 1e-12 && abs(results[5]) < 1e-12)
    }

    @Test func aSavedStateGoesOn() throws {
        var state = change.start
        _ = results(&state, [100, 50])
        var restored = try change.restore(change.save(state))
        #expect(results(&restored, [110]) == results(&state, [110]))
    }

    private func results(_ state: inout [Double], _ values: [Double]) -> [Double] {
        var results = [Double](repeating: 0, count: values.count)
        values.withUnsafeBufferPointer { input in
            results.withUnsafeMutableBufferPointer { output in
                change.update(&state, Rows(count: values.count, inputs: [input], outputs: [output]))
            }
        }
        return results
    }
}
