import Charts
import Foundation
import Testing

/// Drawings at fixed sizes, each beside its recorded screen in `Recorded/`; `TICKBOOK_RECORD=1` writes them anew.
@Suite struct TerminalDrawingTests {
    struct Screen: Sendable, CustomTestStringConvertible {
        let name: String
        let chart: Chart
        var width = 80
        var height = 20
        var usesColour = false

        var testDescription: String { name }

        var settings: TerminalDrawing.Settings { .init(width: width, height: height, usesColour: usesColour) }
        var lines: [String] { TerminalDrawing(settings).lines(chart) }
    }

    static let screens = [
        Screen(name: "lines", chart: SampleCharts.lines()),
        Screen(name: "lines-in-colour", chart: SampleCharts.lines(), usesColour: true),
        Screen(name: "lines-with-a-gap", chart: SampleCharts.lines(days: 60, title: nil, gap: 20..<40), width: 60, height: 14),
        Screen(name: "minutes", chart: SampleCharts.minutes(390)),
        Screen(name: "candles", chart: SampleCharts.candles(days: 60)),
        Screen(name: "candles-in-colour", chart: SampleCharts.candles(days: 60), usesColour: true),
        Screen(name: "candles-of-weeks", chart: SampleCharts.candles(days: 300), width: 80, height: 24),
        Screen(name: "candles-without-volume", chart: SampleCharts.candles(days: 12, hasVolume: false), width: 60, height: 14),
        Screen(name: "histogram", chart: SampleCharts.histogram([1, 0, 4, 9, 30, 120, 64, 12, 3, 1])),
        Screen(name: "histogram-of-many-bins", chart: SampleCharts.histogram((0..<200).map { $0 * (200 - $0) }), width: 60, height: 12),
        Screen(name: "points", chart: SampleCharts.points),
        Screen(name: "points-in-colour", chart: SampleCharts.points, usesColour: true),
    ]

    @Test(arguments: screens) func isAsRecorded(screen: Screen) throws {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Recorded/\(screen.name).txt")
        let drawn = screen.lines.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["TICKBOOK_RECORD"] != nil { return try Data(drawn.utf8).write(to: url) }
        #expect(drawn == (try String(contentsOf: url, encoding: .utf8)))
    }

    @Test(arguments: screens) func fitsItsSize(screen: Screen) {
        let lines = screen.lines
        #expect(lines.count <= screen.height)
        for line in lines { #expect(Self.width(line) <= screen.width, "\(line)") }
    }

    @Test(arguments: screens) func hasColoursOnlyWhereTheyAreAllowed(screen: Screen) {
        #expect(screen.lines.contains { $0.contains("\u{1B}[") } == screen.usesColour)
    }

    @Test(arguments: [1, 30, 31, 47, 200]) func anySizeIsDrawn(size: Int) {
        let charts = [
            SampleCharts.lines(days: 3), SampleCharts.candles(days: 400), SampleCharts.histogram([0, 5]), SampleCharts.points,
            SampleCharts.minutes(1),
        ]
        for chart in charts {
            let settings = TerminalDrawing.Settings(width: size, height: size)
            let lines = TerminalDrawing(settings).lines(chart)
            guard size >= TerminalDrawing.leastWidth else {
                #expect(lines == ["too narrow for a chart: \(size) columns, and 30 are needed"])
                continue
            }
            #expect(lines.count <= settings.height)
            for line in lines { #expect(Self.width(line) <= settings.width, "\(line)") }
        }
    }

    /// Without colours every line has a letter of its own, in the legend and along itself.
    @Test(arguments: [5, ChartSeries.limit]) func manyLinesAreToldApartWithoutColours(count: Int) {
        let drawing = TerminalDrawing(.init(width: 100, height: 40))
        let lines = drawing.lines(SampleCharts.parallels(count)).filter { $0.contains("│") || $0.contains("┤") }
        for letter in "abcdefghijklmnopqrstuvwxyz".prefix(count) {
            #expect(lines.contains { $0.contains(letter) }, "\(letter)")
        }
    }

    @Test func theHighestPointOfManyIsSeen() {
        // One peak among 100,000 points reaches the topmost row.
        let points = (0..<100_000).map { ChartPoint(Double($0), $0 == 77_777 ? 100 : 0) }
        let chart = Chart(x: ChartAxis("n"), y: ChartAxis("y"), marks: .lines([ChartSeries("y", points)]))
        let top = TerminalDrawing(.init(width: 60, height: 12)).lines(chart)[1]
        #expect(top.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
    }

    @Test func noRowsAreSaidToBeNone() {
        let empty = Chart(title: "IBM", x: ChartAxis("date", .date), y: ChartAxis("close"), marks: .lines([]))
        #expect(TerminalDrawing(.init()).lines(empty) == ["IBM", "(no rows to draw)"])
        let nulls = Chart(x: ChartAxis("n"), y: ChartAxis("close"), marks: .lines([ChartSeries("close", [ChartPoint(1, nil)])]))
        #expect(TerminalDrawing(.init(width: 40, height: 10)).lines(nulls).count == 10)
    }

    /// Cells taken, colours not counted; the samples' only wide characters are two.
    private static func width(_ line: String) -> Int {
        let plain = line.replacing(/\u{1B}\[[0-9]+m/, with: "")
        return plain.count + plain.count { "収益".contains($0) }
    }
}
