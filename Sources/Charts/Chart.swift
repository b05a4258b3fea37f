/// A chart as data: what is drawn, without how. `TerminalDrawing` draws it as text, `VegaLite` writes it for files.
package struct Chart: Sendable, Hashable {
    package enum Marks: Sendable, Hashable {
        case lines([ChartSeries])
        case points([ChartSeries])
        case bars([HistogramBin])
        /// In the order of time, one for each row, or for each `period` where they were drawn together.
        case candles([Candle], period: CandlePeriod?)
    }

    package var title: String?
    /// What of the rows is not seen one by one, in words; nil when each row is drawn.
    package var note: String?
    package let x: ChartAxis
    package let y: ChartAxis
    package let marks: Marks

    package init(title: String? = nil, note: String? = nil, x: ChartAxis, y: ChartAxis, marks: Marks) {
        self.title = title
        self.note = note
        self.x = x
        self.y = y
        self.marks = marks
    }

    package var isEmpty: Bool {
        switch marks {
        case .lines(let series), .points(let series): series.allSatisfy(\.points.isEmpty)
        case .bars(let bins): bins.isEmpty
        case .candles(let candles, _): candles.isEmpty
        }
    }
}

package struct ChartAxis: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case number
        /// Days since 1970-01-01.
        case date
        /// Microseconds since then, without a time zone.
        case timestamp
    }

    package let name: String
    package let kind: Kind

    package init(_ name: String, _ kind: Kind = .number) {
        self.name = name
        self.kind = kind
    }
}

/// Points of one colour; those of a line in the order of x.
package struct ChartSeries: Sendable, Hashable {
    package let name: String
    package var points: [ChartPoint]

    package init(_ name: String, _ points: [ChartPoint] = []) {
        self.name = name
        self.points = points
    }
}

extension ChartSeries {
    /// How many are told apart in every form of a chart: in files, and in terminals with and without colours.
    package static let limit = min(
        VegaLite.palette.count * min(VegaLite.dashes.count, VegaLite.shapes.count),
        Paint.ofSeries.count * min(LinePattern.allCases.count, SeriesSymbol.beside.count + 1), SeriesSymbol.all.count)
}

/// A place in a chart; without `y` a line is interrupted there.
package struct ChartPoint: Sendable, Hashable {
    package let x: Double
    package let y: Double?

    package init(_ x: Double, _ y: Double?) {
        self.x = x
        self.y = y
    }
}

/// How many rows lie from `lower` to `upper`, `upper` itself counted only in the last bin.
package struct HistogramBin: Sendable, Hashable {
    package let lower: Double
    package let upper: Double
    package var count: Int

    package init(lower: Double, upper: Double, count: Int) {
        self.lower = lower
        self.upper = upper
        self.count = count
    }
}

/// Prices from a time on.
package struct Candle: Sendable, Hashable {
    package var time: Double
    package let open: Double
    package var high: Double
    package var low: Double
    package var close: Double
    package var volume: Double?

    package init(time: Double, open: Double, high: Double, low: Double, close: Double, volume: Double?) {
        self.time = time
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
    }

    package var rises: Bool { close >= open }
}
