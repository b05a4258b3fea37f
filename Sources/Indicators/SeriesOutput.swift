package import Columnar

/// Where a kernel appends its results: a column of known capacity that fills up row by row.
package final class SeriesOutput {
    package let type: DataType
    package let capacity: Int
    package private(set) var count = 0
    private var values: Buffer?
    private var validity: Buffer?
    private var builder: ColumnBuilder

    package init(type: DataType, capacity: Int) {
        self.type = type
        self.capacity = capacity
        values = type.byteWidth.map { Buffer(uninitializedByteCount: capacity * $0) }
        builder = ColumnBuilder(type: type)
    }

    /// Where the next row's value goes; fixed-width types only, `capacity - count` rows may be written before `advance`.
    package func position<Element>(as type: Element.Type) -> UnsafeMutablePointer<Element> {
        values!.typed(as: Element.self) + count
    }

    /// Counts `rows` values written at `position` as appended, none of them null.
    package func advance(_ rows: Int) {
        precondition(count + rows <= capacity)
        if let validity { setBits(validity, count..<count + rows) }
        count += rows
    }

    /// Counts `rows` values written at `position` as appended; those whose byte in `valid` is 0 are null.
    package func advance(_ rows: Int, valid: UnsafePointer<UInt8>) {
        precondition(count + rows <= capacity)
        let bits = requireValidity().typed(as: UInt8.self)
        for row in 0..<rows { bits[(count &+ row) >> 3] |= valid[row] << UInt8(truncatingIfNeeded: (count &+ row) & 7) }
        count += rows
    }

    /// Appends the rows `range` of a column of this type.
    package func append(_ column: Column, _ range: Range<Int>) {
        precondition(column.type == type && count + range.count <= capacity)
        guard let width = type.byteWidth, let values else {
            builder.append(column, range)
            count += range.count
            return
        }
        (values.pointer + count * width).copyMemory(
            from: column.values.pointer + (column.offset + range.lowerBound) * width, byteCount: range.count * width)
        guard column.validity != nil else { return advance(range.count) }
        let bits = requireValidity().typed(as: UInt8.self)
        var target = count
        for row in range {
            if !column.isNull(row) { bits[target >> 3] |= 1 << UInt8(target & 7) }
            target += 1
        }
        count = target
    }

    package func appendNulls(_ rows: Int) {
        precondition(count + rows <= capacity)
        if let width = type.byteWidth, let values {
            _ = requireValidity()
            (values.pointer + count * width).initializeMemory(as: UInt8.self, repeating: 0, count: rows * width)
        } else {
            for _ in 0..<rows { builder.append(.null) }
        }
        count += rows
    }

    /// The column of all rows appended; the output must not be used again.
    package func finish() -> Column {
        guard let values else { return builder.finish() }
        return Column(type: type, count: count, validity: validity, values: values)
    }

    /// The null bits; those of the rows so far are set when the first null comes.
    private func requireValidity() -> Buffer {
        if let validity { return validity }
        let created = Buffer(byteCount: (capacity + 7) >> 3)
        setBits(created, 0..<count)
        validity = created
        return created
    }

    private func setBits(_ buffer: Buffer, _ range: Range<Int>) {
        let bits = buffer.typed(as: UInt8.self)
        var row = range.lowerBound
        while row & 7 != 0, row < range.upperBound {
            bits[row >> 3] |= 1 << UInt8(row & 7)
            row += 1
        }
        if row == range.upperBound { return }
        let whole = (range.upperBound - row) >> 3
        (bits + (row >> 3)).update(repeating: 0xff, count: whole)
        for last in (row + (whole << 3))..<range.upperBound { bits[last >> 3] |= 1 << UInt8(last & 7) }
    }
}
