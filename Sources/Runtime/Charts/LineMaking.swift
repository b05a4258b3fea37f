import Charts
import Columnar
import Language

/// Lines of rows in the order of what splits them, then of x.
struct LineMaking {
    let x: Field
    let values: [Field]
    let split: [Field]
    private var entities: [Entity] = []

    private struct Entity {
        let key: [Value]
        var lines: [ThinnedLine]
        var lastX: Double?
    }

    init(x: Field, values: [Field], split: [Field]) {
        self.x = x
        self.values = values
        self.split = split
    }

    func chart(_ rows: any RecordBatchStream) throws -> Chart {
        var reading = self
        while let batch = try rows.next() { try reading.read(batch) }
        return reading.made
    }

    private mutating func read(_ batch: RecordBatch) throws {
        let keys = ChartColumns(split, batch)
        let numbers = ChartColumns([x] + values, batch)
        for row in 0..<batch.count {
            let key = keys.values(row)
            if entities.last?.key != key { try begin(key) }
            guard let place = numbers.number(0, row) else { continue }
            let last = entities.count - 1
            guard entities[last].lastX != place else { throw severalRows(key, place) }
            entities[last].lastX = place
            for index in values.indices { entities[last].lines[index].append(ChartPoint(place, numbers.number(index + 1, row))) }
        }
    }

    private mutating func begin(_ key: [Value]) throws {
        guard (entities.count + 1) * values.count <= ChartSeries.limit else {
            throw ChartFault.tooManySeries(
                chart: "line", split: split.map(\.name), examples: entities.prefix(3).map(\.key), limit: ChartSeries.limit)
        }
        entities.append(Entity(key: key, lines: values.map { _ in ThinnedLine() }))
    }

    private func severalRows(_ key: [Value], _ place: Double) -> ChartFault {
        let text: Value =
            switch x.type {
            case .date: .date(Int32(place))
            case .timestamp: .timestamp(Int64(place))
            case .int: .int(Int64(place))
            default: .double(place)
            }
        return .severalRows(chart: "line", of: key.seriesName, at: "\(x.name) \(text)", columns: split.map(\.name))
    }

    private var made: Chart {
        let series = entities.flatMap { entity in
            zip(values, entity.lines).map { ChartSeries(name($0.name, entity.key), $1.points) }
        }
        let thinned = entities.flatMap(\.lines).max { $0.rowsForTwo < $1.rowsForTwo }
        let note = thinned.flatMap { line in
            line.rowsForTwo > 2 ? "the least and the largest value of every \(line.rowsForTwo.grouped) rows of \(line.count.grouped)" : nil
        }
        let only = entities.count == 1 && !split.isEmpty ? entities[0].key.seriesName : nil
        let title = only.map { values.count == 1 ? "\(values[0].name) of \($0)" : $0 }
        return Chart(
            title: title, note: note, x: ChartAxis(x), y: ChartAxis(values.map(\.name).joined(separator: ", ")), marks: .lines(series))
    }

    private func name(_ column: String, _ key: [Value]) -> String {
        entities.count == 1 ? column : values.count == 1 ? key.seriesName : "\(key.seriesName) \(column)"
    }
}

/// A line of at most so many points: where more come, of every few the lowest and the highest stay, so that no peak is lost.
struct ThinnedLine {
    static let limit = 8192

    private(set) var points: [ChartPoint] = []
    private(set) var count = 0
    /// Of how many rows two points stay.
    private(set) var rowsForTwo = 2

    mutating func append(_ point: ChartPoint) {
        points.append(point)
        count += 1
        if points.count >= 2 * Self.limit { thin() }
    }

    private mutating func thin() {
        points = stride(from: 0, to: points.count, by: 4).flatMap { extremes(points[$0..<min($0 + 4, points.count)]) }
        rowsForTwo *= 2
    }

    /// In their order; a gap stays only where there is nothing else.
    private func extremes(_ group: ArraySlice<ChartPoint>) -> [ChartPoint] {
        let drawn = group.indices.filter { group[$0].y != nil }
        guard let low = drawn.min(by: { group[$0].y! < group[$1].y! }), let high = drawn.max(by: { group[$0].y! < group[$1].y! }) else {
            return [group[group.startIndex]]
        }
        return low == high ? [group[low]] : [group[min(low, high)], group[max(low, high)]]
    }
}
