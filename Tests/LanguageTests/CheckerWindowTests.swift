import Testing

@testable import Language

@Suite struct CheckerWindowTests {
    private let previous = Window.finite(lookBack: 1, lookAhead: -1)
    private let next = Window.finite(lookBack: 0, lookAhead: 1)
    private let average = Window.finite(lookBack: 6, lookAhead: 0)

    @Test func windowsOfNestedFunctionsAddUp() {
        #expect(average.composed(over: average) == .finite(lookBack: 12, lookAhead: 0))
        #expect(average.composed(over: next) == .finite(lookBack: 6, lookAhead: 1))
    }

    @Test func previousOfNextEndsAtThisRow() { #expect(previous.composed(over: next).lookAhead == 0) }

    @Test func theUnionHoldsBoth() { #expect(next.union(average) == .finite(lookBack: 6, lookAhead: 1)) }

    @Test func noDescriptionShowsANegativeNumber() {
        #expect(previous.description == "1 back")
        #expect(previous.ofColumn == .finite(lookBack: 1, lookAhead: 0))
    }

    @Test func wholeHistoryTakesAllIn() {
        #expect(Window.wholeHistory.union(next) == .wholeHistory)
        #expect(next.composed(over: .wholeHistory).lookAhead == nil)
    }

    @Test func theFarthestLookAheadIsTheUnboundedOne() {
        let near = LookAhead(rows: 1, path: ["a"])
        let endless = LookAhead(rows: nil, path: ["b"])
        #expect(LookAhead.farthest([near, nil, endless]) == endless)
        #expect(LookAhead.farthest([nil]) == nil)
    }
}
