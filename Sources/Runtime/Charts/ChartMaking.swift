import Charts
import Columnar
import Language

/// Makes a chart of a plot's rows, with a bounded number of points in memory.
struct ChartMaking {
    let plot: CheckedPlot

    /// `rows` gives the same rows each time it is called.
    func chart(_ rows: () throws -> any RecordBatchStream) throws -> Chart {
        var chart =
            switch plot.chart {
            case .lines(let x, let values, let split): try LineMaking(x: x, values: values, split: split).chart(rows())
            case .candles(let prices, let split): try CandleMaking(prices: prices, split: split).chart(rows())
            case .histogram(let field, let bins): try HistogramMaking(field: field, bins: bins).chart(rows)
            case .points(let x, let y, let split): try PointMaking(x: x, y: y, split: split).chart(rows())
            }
        if let title = plot.title { chart.title = title }
        return chart
    }
}

extension ChartAxis {
    init(_ field: Field) { self.init(field.name, field.type == .date ? .date : field.type == .timestamp ? .timestamp : .number) }
}

/// Columns of a batch that hold numbers or times, read as places on an axis.
struct ChartColumns {
    private let columns: [Column]

    init(_ fields: [Field], _ batch: RecordBatch) { columns = fields.map { batch.column($0.name)! } }

    func number(_ column: Int, _ row: Int) -> Double? {
        switch columns[column][row] {
        case .int(let number), .timestamp(let number): Double(number)
        case .double(let number): number
        case .date(let days): Double(days)
        case .null, .string, .bool: nil
        }
    }

    func values(_ row: Int) -> [Value] { columns.map { $0[row] } }
}

extension [Value] {
    /// What a line or a colour is called.
    var seriesName: String { map { $0.isNull ? "∅" : $0.description }.joined(separator: ", ") }
}
