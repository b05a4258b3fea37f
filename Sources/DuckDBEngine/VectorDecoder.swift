import Columnar
import Engine

/// Turns one column's DuckDB vectors into a `Column`.
struct VectorDecoder: Sendable {
    let name: String
    let type: DataType
    private let layout: VectorLayout

    init(name: String, layout: VectorLayout) {
        self.name = name
        self.layout = layout
        type = layout.type
    }

    /// Column `index` of `chunks`, which hold `count` rows in all.
    func column(_ index: Int, of chunks: [DuckDBChunk], count: Int) throws -> Column {
        let vectors = chunks.map { chunk in
            let (data, validity) = chunk.vector(index)
            return Vector(data: data, validity: validity, count: chunk.count)
        }
        let validity = joinedValidity(vectors, count: count)
        if layout == .string { return strings(vectors, count: count, validity: validity) }
        let values = try joinedValues(vectors, count: count)
        return Column(type: type, count: count, validity: validity, values: values)
    }

    private func joinedValues(_ vectors: [Vector], count: Int) throws -> Buffer {
        switch layout {
        case .string: preconditionFailure("strings have offsets")
        case .bool: bits(vectors, count: count)
        case .int64, .double, .timestamp: copied(vectors, count: count, byteWidth: 8)
        case .date: copied(vectors, count: count, byteWidth: 4)
        case .int8: try mapped(vectors, count) { (value: Int8) in Int64(value) }
        case .int16: try mapped(vectors, count) { (value: Int16) in Int64(value) }
        case .int32: try mapped(vectors, count) { (value: Int32) in Int64(value) }
        case .uint8: try mapped(vectors, count) { (value: UInt8) in Int64(value) }
        case .uint16: try mapped(vectors, count) { (value: UInt16) in Int64(value) }
        case .uint32: try mapped(vectors, count) { (value: UInt32) in Int64(value) }
        case .uint64: try mapped(vectors, count) { (value: UInt64) in Int64(exactly: value) }
        case .int128: try mapped(vectors, count) { (value: Int128) in Int64(exactly: value) }
        case .float: try mapped(vectors, count) { (value: Float) in Double(value) }
        case .timestampSeconds: try mapped(vectors, count) { (value: Int64) in product(value, 1_000_000) }
        case .timestampMilliseconds: try mapped(vectors, count) { (value: Int64) in product(value, 1000) }
        case .timestampNanoseconds: try mapped(vectors, count) { (value: Int64) in floored(value, by: 1000) }
        case .decimal(let byteWidth, let scale): try decimals(vectors, count, byteWidth: byteWidth, scale: scale)
        }
    }

    private func copied(_ vectors: [Vector], count: Int, byteWidth: Int) -> Buffer {
        let buffer = Buffer(uninitializedByteCount: count * byteWidth)
        var target = buffer.pointer
        for vector in vectors {
            target.copyMemory(from: vector.data, byteCount: vector.count * byteWidth)
            target += vector.count * byteWidth
        }
        return buffer
    }

    private func bits(_ vectors: [Vector], count: Int) -> Buffer {
        let buffer = Buffer(byteCount: (count + 7) / 8)
        let target = buffer.typed(as: UInt8.self)
        var row = 0
        for vector in vectors {
            let source = vector.data.assumingMemoryBound(to: UInt8.self)
            for index in 0..<vector.count {
                target[row >> 3] |= (vector.isValid(index) ? source[index] & 1 : 0) << UInt8(row & 7)
                row += 1
            }
        }
        return buffer
    }

    private func mapped<Source, Target: BitwiseCopyable & ExpressibleByIntegerLiteral>(
        _ vectors: [Vector], _ count: Int, _ transform: (Source) -> Target?
    ) throws -> Buffer {
        let buffer = Buffer(uninitializedByteCount: count * MemoryLayout<Target>.stride)
        var target = buffer.typed(as: Target.self)
        for vector in vectors {
            let source = vector.data.assumingMemoryBound(to: Source.self)
            for index in 0..<vector.count {
                if !vector.isValid(index) {
                    target[index] = 0
                } else if let value = transform(source[index]) {
                    target[index] = value
                } else {
                    throw EngineFault.statement(
                        message: "column `\(name)` holds \(source[index]), which does not fit the type \(type): cast or scale it")
                }
            }
            target += vector.count
        }
        return buffer
    }

    private func decimals(_ vectors: [Vector], _ count: Int, byteWidth: Int, scale: Int) throws -> Buffer {
        let divisor = (0..<scale).reduce(1.0) { power, _ in power * 10 }
        switch byteWidth {
        case 2: return try mapped(vectors, count) { (value: Int16) in Double(value) / divisor }
        case 4: return try mapped(vectors, count) { (value: Int32) in Double(value) / divisor }
        case 8: return try mapped(vectors, count) { (value: Int64) in Double(value) / divisor }
        default: return try mapped(vectors, count) { (value: Int128) in Double(value) / divisor }
        }
    }

    private func strings(_ vectors: [Vector], count: Int, validity: Buffer?) -> Column {
        let offsets = Buffer(uninitializedByteCount: (count + 1) * 4)
        let boundaries = offsets.typed(as: Int32.self)
        boundaries[0] = 0
        var row = 0
        for vector in vectors {
            let source = vector.data.assumingMemoryBound(to: DuckDBString.self)
            for index in 0..<vector.count {
                boundaries[row + 1] = boundaries[row] + (vector.isValid(index) ? Int32(bitPattern: source[index].length) : 0)
                row += 1
            }
        }
        let values = Buffer(uninitializedByteCount: Int(boundaries[count]))
        var target = values.pointer
        for vector in vectors {
            let source = vector.data.assumingMemoryBound(to: DuckDBString.self)
            for index in 0..<vector.count where vector.isValid(index) {
                target += source[index].copyBytes(at: source + index, to: target)
            }
        }
        return Column(type: .string, count: count, validity: validity, values: values, offsets: offsets)
    }

    private func joinedValidity(_ vectors: [Vector], count: Int) -> Buffer? {
        guard vectors.contains(where: { $0.hasNulls }) else { return nil }
        let buffer = Buffer(byteCount: (count + 7) / 8)
        let target = buffer.typed(as: UInt8.self)
        var row = 0
        for vector in vectors {
            for index in 0..<vector.count {
                if vector.isValid(index) { target[row >> 3] |= 1 << UInt8(row & 7) }
                row += 1
            }
        }
        return buffer
    }
}

/// One chunk's part of a column.
private struct Vector {
    let data: UnsafeMutableRawPointer
    let validity: UnsafeMutablePointer<UInt64>?
    let count: Int

    @inline(__always) func isValid(_ row: Int) -> Bool {
        guard let validity else { return true }
        return validity[row >> 6] >> UInt64(row & 63) & 1 == 1
    }

    var hasNulls: Bool { validity != nil && (0..<count).contains { !isValid($0) } }
}

/// DuckDB's 16-byte string: up to 12 bytes stand in place, more behind a pointer.
private struct DuckDBString {
    let length: UInt32
    let prefix: UInt32
    let pointer: UnsafePointer<UInt8>?

    /// Copies the text of the string that stands at `place` and returns its length in bytes.
    @inline(__always) func copyBytes(at place: UnsafePointer<DuckDBString>, to target: UnsafeMutableRawPointer) -> Int {
        let byteCount = Int(length)
        let source = byteCount <= 12 ? UnsafeRawPointer(place) + 4 : UnsafeRawPointer(pointer!)
        target.copyMemory(from: source, byteCount: byteCount)
        return byteCount
    }
}

private func product(_ value: Int64, _ factor: Int64) -> Int64? {
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
}

private func floored(_ value: Int64, by divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}
