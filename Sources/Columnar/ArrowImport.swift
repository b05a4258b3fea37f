package import CArrow

extension ArrowLayout {
    /// Takes over a struct array of this layout; plain columns share its memory, which is released with the last of them.
    package func batch(taking array: UnsafeMutablePointer<ArrowArray>) throws -> RecordBatch {
        let owner = ImportedArray(moving: array)
        let top = owner.array
        let count = Int(top.length)
        guard Int(top.n_children) == conversions.count else {
            throw ArrowFault(description: "expected \(conversions.count) columns in an Arrow array, found \(top.n_children)")
        }
        let columns = try conversions.indices.map { index in
            let child = ImportedColumn(
                array: top.children[index]!.pointee, offset: Int(top.offset), count: count, name: schema.fields[index].name, owner: owner)
            return try child.column(conversions[index])
        }
        return RecordBatch(schema: schema, columns: columns, count: count)
    }
}

/// A stream over an Arrow C stream, which it takes over.
package final class ArrowStreamReader: RecordBatchStream {
    package var schema: Schema { layout.schema }
    private let layout: ArrowLayout
    private var stream: ArrowArrayStream

    /// Moves `source`'s content out: afterwards `source` counts as released.
    package init(taking source: UnsafeMutablePointer<ArrowArrayStream>) throws {
        var stream = source.pointee
        source.pointee.release = nil
        do {
            layout = try Self.layout(of: &stream)
        } catch {
            stream.release?(&stream)
            throw error
        }
        self.stream = stream
    }

    deinit { stream.release?(&stream) }

    package func next() throws -> RecordBatch? {
        while true {
            var array = ArrowArray()
            guard stream.get_next(&stream, &array) == 0 else { throw Self.fault(of: &stream) }
            guard array.release != nil else { return nil }
            let batch = try layout.batch(taking: &array)
            if batch.count > 0 { return batch }
        }
    }

    private static func layout(of stream: inout ArrowArrayStream) throws -> ArrowLayout {
        var schema = ArrowSchema()
        guard stream.get_schema(&stream, &schema) == 0 else { throw fault(of: &stream) }
        defer { schema.release?(&schema) }
        return try ArrowLayout(reading: &schema)
    }

    private static func fault(of stream: inout ArrowArrayStream) -> ArrowFault {
        ArrowFault(description: stream.get_last_error(&stream).map { String(cString: $0) } ?? "the Arrow stream failed and gave no reason")
    }
}

/// Owns an array moved out of the C interface.
private final class ImportedArray {
    private(set) var array: ArrowArray

    init(moving pointer: UnsafeMutablePointer<ArrowArray>) {
        array = pointer.pointee
        pointer.pointee.release = nil
    }

    deinit { array.release?(&array) }
}

/// One child of an imported struct array; the struct's own offset counts into its children.
private struct ImportedColumn {
    let array: ArrowArray
    let offset: Int
    let count: Int
    let name: String
    let owner: ImportedArray

    init(array: ArrowArray, offset: Int, count: Int, name: String, owner: ImportedArray) {
        self.array = array
        self.offset = offset + Int(array.offset)
        self.count = count
        self.name = name
        self.owner = owner
    }

    func column(_ conversion: ArrowConversion) throws -> Column {
        guard case .none(let type) = conversion else { return try converted(conversion) }
        if type == .string { return strings() }
        let byteCount = type.byteWidth.map { $0 * (offset + count) } ?? ((offset + count + 7) / 8)
        return Column(type: type, count: count, offset: offset, validity: validity, values: buffer(1, byteCount: byteCount))
    }

    private var validity: Buffer? {
        guard array.null_count != 0, array.buffers[0] != nil else { return nil }
        return buffer(0, byteCount: (offset + count + 7) / 8)
    }

    private func buffer(_ index: Int, byteCount: Int) -> Buffer {
        guard let pointer = array.buffers[index] else { return Buffer(byteCount: byteCount) }
        return Buffer(foreign: UnsafeMutableRawPointer(mutating: pointer), byteCount: byteCount, owner: owner)
    }

    private func strings() -> Column {
        let offsets = buffer(1, byteCount: (offset + count + 1) * 4)
        let byteCount = Int(offsets.typed(as: Int32.self)[offset + count])
        return Column(
            type: .string, count: count, offset: offset, validity: validity, values: buffer(2, byteCount: byteCount), offsets: offsets)
    }

    private func converted(_ conversion: ArrowConversion) throws -> Column {
        switch conversion {
        case .none(let type): preconditionFailure("\(type) needs no conversion")
        case .widenedInt(1, true): try mapped(.int) { (value: Int8) in Int64(value) }
        case .widenedInt(2, true): try mapped(.int) { (value: Int16) in Int64(value) }
        case .widenedInt(1, false): try mapped(.int) { (value: UInt8) in Int64(value) }
        case .widenedInt(2, false): try mapped(.int) { (value: UInt16) in Int64(value) }
        case .widenedInt(4, false): try mapped(.int) { (value: UInt32) in Int64(value) }
        case .widenedInt(8, false): try mapped(.int) { (value: UInt64) in Int64(exactly: value) }
        case .widenedInt: try mapped(.int) { (value: Int32) in Int64(value) }
        case .widenedFloat: try mapped(.double) { (value: Float) in Double(value) }
        case .millisecondDate: try mapped(.date) { (value: Int64) in Int32(exactly: floored(value, by: 86_400_000)) }
        case .decimal(let scale): try decimals(scale)
        case .largeString: try largeStrings()
        case .timestamp(let numerator, let denominator):
            try mapped(.timestamp) { (value: Int64) in
                let (product, overflow) = value.multipliedReportingOverflow(by: numerator)
                return overflow ? nil : floored(product, by: denominator)
            }
        }
    }

    /// Copies the column value by value; a non-null value that `transform` has no answer for is a fault.
    private func mapped<Source, Target: BitwiseCopyable & ExpressibleByIntegerLiteral>(
        _ type: DataType, _ transform: (Source) -> Target?
    ) throws -> Column {
        let mask = validity
        let target = Buffer(uninitializedByteCount: count * MemoryLayout<Target>.stride)
        let values = target.typed(as: Target.self)
        let source = array.buffers[1].map { $0.assumingMemoryBound(to: Source.self) + offset }
        for row in 0..<count {
            if let value = source.flatMap({ transform($0[row]) }) {
                values[row] = value
            } else if let mask, mask.typed(as: UInt8.self)[(offset + row) >> 3] >> UInt8((offset + row) & 7) & 1 == 0 {
                values[row] = 0
            } else {
                throw ArrowFault(description: "column `\(name)` holds a value in row \(row + 1) of its batch that does not fit `\(type)`")
            }
        }
        return Column(type: type, count: count, validity: shifted(mask), values: target)
    }

    private func decimals(_ scale: Int) throws -> Column {
        let divisor = (0..<scale).reduce(1.0) { power, _ in power * 10 }
        return try mapped(.double) { (value: Int128) in Double(value) / divisor }
    }

    private func largeStrings() throws -> Column {
        let boundaries = array.buffers[1]!.assumingMemoryBound(to: Int64.self) + offset
        let first = boundaries[0]
        guard boundaries[count] - first <= Int64(Int32.max) else {
            throw ArrowFault(description: "column `\(name)` holds more than 2 GiB of text in one batch; ask for smaller batches")
        }
        let offsets = Buffer(uninitializedByteCount: (count + 1) * 4)
        for row in 0...count { offsets.typed(as: Int32.self)[row] = Int32(boundaries[row] - first) }
        let byteCount = Int(boundaries[count] - first)
        let values = array.buffers[2].map {
            Buffer(foreign: UnsafeMutableRawPointer(mutating: $0) + Int(first), byteCount: byteCount, owner: owner)
        }
        return Column(
            type: .string, count: count, validity: shifted(validity), values: values ?? Buffer(byteCount: 0), offsets: offsets)
    }

    /// The bitmap moved to start at row 0, for a column whose values were copied to start there.
    private func shifted(_ mask: Buffer?) -> Buffer? {
        guard let mask, offset > 0 else { return mask }
        let bits = Buffer(byteCount: (count + 7) / 8)
        let source = mask.typed(as: UInt8.self)
        let target = bits.typed(as: UInt8.self)
        for row in 0..<count where source[(offset + row) >> 3] >> UInt8((offset + row) & 7) & 1 == 1 {
            target[row >> 3] |= 1 << UInt8(row & 7)
        }
        return bits
    }
}

private func floored(_ value: Int64, by divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}
