import Columnar
import Foundation
import Language
import Learning
import Testing

@testable import Runtime

/// Features for predictions, against those that a run of the notebook stores.
@Suite struct LiveFeaturesTests {
    private static let cells = """
        \(pricesCell)
        ```tick features
        table t.prices = raw.stocks | latest() | select(symbol, date, close)
        table t.features = t.prices
          | derive(daily = change(close), average = sma(close, 3), smooth = ema(close, 4), spread = stddev(daily, 5))
        ```
        ```tick train
        model direction = t.features
          | derive(ratio = close / average)
          | target(up = next(close, 1) > close)
          | features(daily, ratio, smooth, spread)
          | fit(logistic())
        ```
        """
    private static let held = 6
    private let workspace = Result { try TestWorkspace() }

    /// With a function that reaches back to the first row, and with windows alone, of which only the last rows are read.
    @Test(arguments: ["ema(close, 4)", "sma(close, 4)"])
    func newBarsGiveTheBitsThatARunStores(smooth: String) throws {
        let cells = Self.cells.replacing("ema(close, 4)", with: smooth)
        let workspace = try workspace.get()
        let series = Self.series()
        try workspace.write("a.csv", prices(series.flatMap { $0.dropLast(Self.held) }))
        try workspace.run(cells)
        let bars = series[0].suffix(Self.held).map { [Value.date(CalendarDate(iso: $0.1)!.days), .double($0.2)] }
        let live = try live(workspace, cells) { live, model in
            #expect(try live.barFields(of: model) == [Field("date", .date), Field("close", .double)])
            return try live.rows(of: "A", of: model) { _ in bars }
        }
        try workspace.write("b.csv", prices(series.flatMap { $0.suffix(Self.held) }))
        try workspace.run(cells)
        let stored = try workspace.batches(
            "t.features | derive(ratio = close / average) | where(symbol == \"A\") | select(date, daily, ratio, smooth, spread)")
        let expected = stored.flatMap { batch in
            (0..<batch.count).map { row in batch.columns.dropFirst().map { $0[row] } }
        }.suffix(Self.held)
        #expect(live.count == Self.held)
        #expect(live.map { $0.features.map(Value.double) } == Array(expected))
    }

    @Test func rowAtATimeIsTheLastOneBeforeIt() throws {
        let workspace = try workspace.get()
        try workspace.write("a.csv", prices(Self.series().flatMap(\.self)))
        try workspace.run(Self.cells)
        let row = try live(workspace) { live, model in try live.row(of: "B", notAfter: "2020-02-02", of: model) }
        #expect(row.time == .date(CalendarDate(iso: "2020-01-31")!.days))
    }

    @Test func aTimeIsNoDate() throws {
        let workspace = try workspace.get()
        try workspace.write("a.csv", prices(Self.series().flatMap(\.self)))
        try workspace.run(Self.cells)
        #expect {
            try live(workspace) { live, model in try live.row(of: "A", notAfter: "2020-02-02T10:00:00", of: model) }
        } throws: { if case LiveFault.invalid = $0 { true } else { false } }
    }

    @Test func rowsThatARunAddsAreFoundByWhoAskedBefore() throws {
        let workspace = try workspace.get()
        let series = Self.series()
        try workspace.write("a.csv", prices(series.flatMap { $0.dropLast(Self.held) }))
        try workspace.run(Self.cells)
        let times = try live(workspace) { live, model in
            let before = try live.row(of: "A", notAfter: nil, of: model).time
            try workspace.write("b.csv", prices(series.flatMap { $0.suffix(Self.held) }))
            try workspace.run(Self.cells)
            return [before, try live.row(of: "A", notAfter: nil, of: model).time].map(\.description)
        }
        #expect(times == [series[0][series[0].count - Self.held - 1].1, series[0].last!.1])
    }

    @Test(arguments: [("C", nil), ("A", "2019-12-31")] as [(String, String?)])
    func unknownEntityOrTimeIsToldSo(entity: String, time: String?) throws {
        let workspace = try workspace.get()
        try workspace.write("a.csv", prices(Self.series().flatMap(\.self)))
        try workspace.run(Self.cells)
        #expect {
            try live(workspace) { live, model in try live.row(of: entity, notAfter: time, of: model) }
        } throws: { if case LiveFault.unknown = $0 { true } else { false } }
    }

    @Test func anotherDefinitionThanTheFittedOneIsRefused() throws {
        let workspace = try workspace.get()
        try workspace.write("a.csv", prices(Self.series().flatMap(\.self)))
        try workspace.run(Self.cells)
        #expect {
            try live(workspace, Self.cells.replacing("close / average", with: "close - average")) { live, model in
                try live.row(of: "A", notAfter: nil, of: model)
            }
        } throws: { if case LiveFault.unavailable = $0 { true } else { false } }
    }

    @Test(arguments: [("fit(logistic())", "fit(logistic(C = 0.5))"), ("next(close, 1)", "next(close, 2)")])
    func anotherFitOrTargetOfTheSameFeaturesIsServed(before: String, after: String) throws {
        let workspace = try workspace.get()
        try workspace.write("a.csv", prices(Self.series().flatMap(\.self)))
        try workspace.run(Self.cells)
        let answers = try [Self.cells, Self.cells.replacing(before, with: after)].map { cells in
            try live(workspace, cells) { live, model in try live.row(of: "A", notAfter: nil, of: model).features }
        }
        #expect(answers[0] == answers[1])
    }

    @Test func anotherFeatureTableThanTheStoredOneIsRefused() throws {
        let workspace = try workspace.get()
        try workspace.write("a.csv", prices(Self.series().flatMap(\.self)))
        try workspace.run(Self.cells)
        #expect {
            try live(workspace, Self.cells.replacing("sma(close, 3)", with: "sma(close, 2)")) { live, model in
                try live.rows(of: "A", of: model) { _ in [[.date(30_000), .double(1)]] }
            }
        } throws: { if case LiveFault.unavailable = $0 { true } else { false } }
    }

    private func live<Answer>(
        _ workspace: TestWorkspace, _ cells: String = cells, _ body: (LiveFeatures, LiveFeatures.ModelIdentity) throws -> Answer
    ) throws -> Answer {
        let context = RunContext(workspace: workspace.workspace, provider: TestWorkspace.engine)
        let loaded = workspace.load(cells, [:], context)
        try #require(loaded.diagnostics.isEmpty)
        let metadata = try workspace.workspace.models.load("direction").metadata
        let identity = LiveFeatures.ModelIdentity(
            name: "direction", version: 1, definitionHash: metadata.definitionHash, featuresHash: metadata.featuresHash)
        return try body(LiveFeatures(context: context, notebook: loaded.checked), identity)
    }

    /// Two symbols on working days, with prices that no short decimal writes.
    private static func series() -> [[(String, String, Double)]] {
        ["A", "B"].map { symbol in
            let days = (18_263..<18_330).filter { ($0 + 3) % 7 < 5 }
            return days.enumerated().map { index, day in
                let price = 100 + 10 * sin(Double(index) * (symbol == "A" ? 0.7 : 1.3)) + Double(index) / 7
                return (symbol, CalendarDate(days: Int32(day)).description, price)
            }
        }
    }
}
