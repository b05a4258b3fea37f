import Charts
import Columnar
import Language

/// Candles of rows in the order of what splits them, then of time.
struct CandleMaking {
    /// More are drawn together by a longer period before more are read.
    private static let limit = 4096

    let prices: PriceColumns
    let split: [Field]

    func chart(_ rows: any RecordBatchStream) throws -> Chart {
        let axis = ChartAxis(prices.time)
        var candles: [Candle] = []
        var period: CandlePeriod?
        var entity: [Value]?
        var incomplete = 0
        while let batch = try rows.next() {
            let keys = ChartColumns(split, batch)
            let numbers = ChartColumns(prices.columns, batch)
            for row in 0..<batch.count {
                let key = keys.values(row)
                if let entity, entity != key { throw severalEntities(entity, key) }
                entity = key
                guard let candle = candle(numbers, row) else {
                    incomplete += 1
                    continue
                }
                if let last = candles.last, last.time == candle.time { throw severalRows(key, batch, row) }
                candles.append(candle)
            }
            // What was drawn together stays so: a period's later rows join its candle.
            if let period { candles = candles.drawnTogether(by: period, axis.kind) }
            if candles.count > Self.limit { (candles, period) = candles.atMost(Self.limit, period: period, axis.kind) }
        }
        let note = incomplete > 0 ? "\(counted(incomplete, "row")) without all four prices left out" : nil
        return Chart(
            title: split.isEmpty ? nil : entity?.seriesName, note: note, x: axis, y: ChartAxis("price"),
            marks: .candles(candles, period: period))
    }

    private func candle(_ numbers: ChartColumns, _ row: Int) -> Candle? {
        guard let time = numbers.number(0, row), let open = numbers.number(1, row), let high = numbers.number(2, row),
            let low = numbers.number(3, row), let close = numbers.number(4, row)
        else { return nil }
        let volume = prices.volume == nil ? nil : numbers.number(5, row)
        return Candle(time: time, open: open, high: high, low: low, close: close, volume: volume)
    }

    private func severalEntities(_ first: [Value], _ second: [Value]) -> ChartFault {
        .severalEntities(chart: "candlestick", split: split.map(\.name), examples: [first, second])
    }

    private func severalRows(_ key: [Value], _ batch: RecordBatch, _ row: Int) -> ChartFault {
        let time = batch.column(prices.time.name)![row]
        return .severalRows(
            chart: "candlestick", of: key.seriesName, at: "\(prices.time.name) \(time)", columns: split.map(\.name))
    }
}
