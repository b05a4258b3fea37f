import Charts
import Foundation
import Testing

/// Specifications are read back as any other program reads them.
@Suite struct VegaLiteTests {
    typealias Object = [String: Any]

    private func specification(_ chart: Chart) throws -> Object {
        let text = VegaLite(chart).text
        #expect(text.contains(VegaLite.mark))
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object)
    }

    private func values(_ specification: Object) throws -> [Object] {
        try #require((specification["data"] as? Object)?["values"] as? [Object])
    }

    /// Every `field` named anywhere in encodings.
    private func fields(_ part: Any) -> Set<String> {
        switch part {
        case let object as Object:
            var found = Set(object.filter { $0.key != "data" }.values.flatMap(fields))
            if let field = object["field"] as? String { found.insert(field) }
            return found
        case let list as [Any]: return Set(list.flatMap(fields))
        default: return []
        }
    }

    @Test(arguments: [
        SampleCharts.lines(), SampleCharts.minutes(5), SampleCharts.candles(days: 20), SampleCharts.histogram([1, 2]), SampleCharts.points,
    ]) func everyEncodedFieldIsAColumnOfTheData(chart: Chart) throws {
        let specification = try specification(chart)
        #expect(specification["$schema"] as? String == "https://vega.github.io/schema/vega-lite/v5.json")
        let columns = Set(try values(specification).flatMap(\.keys))
        #expect(!columns.isEmpty)
        #expect(fields(specification).subtracting(columns).isEmpty)
    }

    @Test func linesLieOnATemporalAxisWithAColourForEachSeries() throws {
        let specification = try specification(SampleCharts.lines(days: 30, gap: 3..<5))
        let encoding = try #require(specification["encoding"] as? Object)
        let x = try #require(encoding["x"] as? Object)
        #expect(x["type"] as? String == "temporal")
        #expect((x["scale"] as? Object)?["type"] as? String == "utc")
        let colours = try #require((encoding["color"] as? Object)?["scale"] as? Object)
        #expect(colours["domain"] as? [String] == ["close", "mean"])
        let values = try values(specification)
        #expect(values.count == 60)
        #expect(values[0]["x"] as? String == "2012-01-02")
        #expect(values[3]["y"] is NSNull)
    }

    @Test func noTwoSeriesLookAlike() throws {
        #expect(ChartSeries.limit == 24)
        let specification = try specification(SampleCharts.parallels(ChartSeries.limit))
        let encoding = try #require(specification["encoding"] as? Object)
        let ranges = try ["color", "strokeDash"].map { channel -> [String] in
            let scale = try #require((encoding[channel] as? Object)?["scale"] as? Object)
            return try #require(scale["range"] as? [Any]).map { "\($0)" }
        }
        #expect(Set(zip(ranges[0], ranges[1]).map { $0 + $1 }).count == ChartSeries.limit)
    }

    @Test func labelsOfAxesStandApart() throws {
        for chart in [SampleCharts.lines(), SampleCharts.points] {
            let encoding = try #require(try specification(chart)["encoding"] as? Object)
            let axis = try #require((encoding["x"] as? Object)?["axis"] as? Object)
            #expect(axis["labelOverlap"] as? String == "greedy")
        }
    }

    @Test func timesAreOfUTCWhereverTheyAreLookedAt() throws {
        let values = try values(specification(SampleCharts.minutes(2)))
        #expect(values.map { $0["x"] as? String } == ["2012-03-01T09:30:00Z", "2012-03-01T09:31:00Z"])
    }

    @Test func candlesHaveNoPlacesForWeekends() throws {
        let specification = try specification(SampleCharts.candles(days: 30))
        let parts = try #require(specification["vconcat"] as? [Object])
        #expect(parts.count == 2)
        let times = try values(specification).compactMap { $0["time"] as? String }
        #expect(times.count == 30)
        #expect(!times.contains("2012-01-07"))
        for part in parts {
            let x = try #require((part["encoding"] as? Object)?["x"] as? Object)
            #expect(x["type"] as? String == "ordinal")
            let marked = try #require((x["axis"] as? Object)?["values"] as? [String])
            #expect(!marked.isEmpty && Set(marked).isSubset(of: times))
        }
    }

    @Test func candlesWithoutVolumeHaveOnePart() throws {
        let specification = try specification(SampleCharts.candles(days: 30, hasVolume: false))
        #expect((specification["vconcat"] as? [Object])?.count == 1)
    }

    @Test func tooManyCandlesAreDrawnTogetherAndTheReaderIsTold() throws {
        let specification = try specification(SampleCharts.candles(days: 600))
        #expect(try values(specification).count == 120)
        #expect((specification["title"] as? Object)?["subtitle"] as? String == "a candle is one week")
    }

    @Test func aTextCannotEndThePagesScript() {
        let chart = Chart(
            title: "</script><b>", x: ChartAxis("n"), y: ChartAxis("y"), marks: .lines([ChartSeries("a \"b\"\n", [ChartPoint(1, 2)])]))
        let text = VegaLite(chart).text
        #expect(!text.contains("</script>"))
        #expect(text.contains(#""series":"a \"b\"\n""#))
    }
}
