import Language
import Testing

@Suite struct CycleTests {
    @Test func manyTablesThatReadEachOtherAreLookedThroughOnce() {
        let first = "table t0 = prices\ntable u0 = prices"
        let others = (1..<60).map { "table t\($0) = t\($0 - 1) | union(u\($0 - 1))\ntable u\($0) = u\($0 - 1) | union(t\($0 - 1))" }
        #expect(CheckedCase(([first] + others).joined(separator: "\n")).rendered == "")
    }

    @Test func aColumnNamedLikeALetIsNoCircle() {
        #expect(CheckedCase("let close = prices | select(symbol, date, close)\nshow close").rendered == "")
    }
}
