import Charts
import Testing

@testable import Runtime

@Suite struct ThinnedLineTests {
    @Test func aShortLineStaysAsItIs() {
        var line = ThinnedLine()
        for index in 0..<1000 { line.append(ChartPoint(Double(index), Double(index % 13))) }
        #expect(line.points.count == 1000)
        #expect(line.rowsForTwo == 2)
    }

    @Test(arguments: [0, 1, 77_777, 99_999]) func noPeakIsLost(place: Int) {
        var line = ThinnedLine()
        for index in 0..<100_000 { line.append(ChartPoint(Double(index), index == place ? 50 : Double(index % 13))) }
        #expect(line.points.count < 2 * ThinnedLine.limit)
        #expect(line.points.contains(ChartPoint(Double(place), 50)))
        #expect(zip(line.points, line.points.dropFirst()).allSatisfy { $0.x < $1.x })
        #expect(line.count == 100_000)
    }

    @Test func onlyNullsStayGaps() {
        var line = ThinnedLine()
        for index in 0..<100_000 { line.append(ChartPoint(Double(index), index < 50_000 ? nil : 1)) }
        #expect(line.points.contains { $0.y == nil } && line.points.contains { $0.y == 1 })
    }
}
