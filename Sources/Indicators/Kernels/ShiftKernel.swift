import Columnar

/// The value `distance` rows before, of any type: keeps the last `distance` rows.
final class ShiftKernel: SeriesKernel {
    private let type: DataType
    private let distance: Int
    private var kept: Column

    init(type: DataType, distance: Int) {
        self.type = type
        self.distance = distance
        kept = Self.noRows(type)
    }

    func update(_ inputs: [Column], _ range: Range<Int>, into outputs: [SeriesOutput]) throws {
        let output = outputs[0]
        let missing = min(range.count, distance - kept.count)
        let fromKept = min(range.count - missing, kept.count)
        let fromInput = range.count - missing - fromKept
        if missing > 0 { output.appendNulls(missing) }
        if fromKept > 0 { output.append(kept, 0..<fromKept) }
        if fromInput > 0 { output.append(inputs[0], range.lowerBound..<range.lowerBound + fromInput) }
        keep(inputs[0], range)
    }

    func save() -> [UInt8] { StateBytes.encode((0..<kept.count).map { kept[$0] }) }

    func restore(_ state: [UInt8]) throws {
        let values = try StateBytes.decode(state, type: type)
        guard values.count <= distance else { throw SeriesFault.damagedState }
        var builder = ColumnBuilder(type: type, capacity: values.count)
        for value in values { builder.append(value) }
        kept = builder.finish()
    }

    func reset() { kept = Self.noRows(type) }

    private func keep(_ column: Column, _ range: Range<Int>) {
        if range.count >= distance {
            kept = column.slice(range.upperBound - distance..<range.upperBound)
            return
        }
        let surplus = max(0, kept.count + range.count - distance)
        var builder = ColumnBuilder(type: type, capacity: distance)
        builder.append(kept, surplus..<kept.count)
        builder.append(column, range)
        kept = builder.finish()
    }

    private static func noRows(_ type: DataType) -> Column {
        var builder = ColumnBuilder(type: type)
        return builder.finish()
    }
}

/// The rows as they come. As a function with look-ahead this is the value of a later row: see `SeriesKernel`, invariant 3.
final class PassingKernel: SeriesKernel {
    func update(_ inputs: [Column], _ range: Range<Int>, into outputs: [SeriesOutput]) { outputs[0].append(inputs[0], range) }
    func save() -> [UInt8] { [] }
    func restore(_ state: [UInt8]) throws { if !state.isEmpty { throw SeriesFault.damagedState } }
    func reset() {}
}
