import Columnar

/// Values of one type as bytes: per value a byte 0 for null or 1, then the value; strings with a 32-bit length before them.
enum StateBytes {
    static func encode(_ values: [Value]) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in values {
            bytes.append(value.isNull ? 0 : 1)
            switch value {
            case .null: break
            case .int(let number), .timestamp(let number): append(number, to: &bytes)
            case .double(let number): append(number.bitPattern, to: &bytes)
            case .date(let days): append(days, to: &bytes)
            case .bool(let flag): bytes.append(flag ? 1 : 0)
            case .string(let text):
                append(UInt32(text.utf8.count), to: &bytes)
                bytes.append(contentsOf: text.utf8)
            }
        }
        return bytes
    }

    static func decode(_ bytes: [UInt8], type: DataType) throws -> [Value] {
        var rest = bytes[...]
        var values: [Value] = []
        while let mark = rest.popFirst() {
            guard mark <= 1 else { throw SeriesFault.damagedState }
            values.append(mark == 0 ? .null : try takeValue(type, from: &rest))
        }
        return values
    }

    private static func takeValue(_ type: DataType, from rest: inout ArraySlice<UInt8>) throws -> Value {
        switch type {
        case .int: return .int(try take(from: &rest))
        case .timestamp: return .timestamp(try take(from: &rest))
        case .double: return .double(Double(bitPattern: try take(from: &rest)))
        case .date: return .date(try take(from: &rest))
        case .bool: return .bool(try take(from: &rest) as UInt8 != 0)
        case .string:
            let length = Int(try take(from: &rest) as UInt32)
            guard rest.count >= length else { throw SeriesFault.damagedState }
            defer { rest = rest.dropFirst(length) }
            return .string(String(decoding: rest.prefix(length), as: UTF8.self))
        }
    }

    private static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private static func take<Number: FixedWidthInteger>(from rest: inout ArraySlice<UInt8>) throws -> Number {
        let width = MemoryLayout<Number>.size
        guard rest.count >= width else { throw SeriesFault.damagedState }
        defer { rest = rest.dropFirst(width) }
        return Number(littleEndian: rest.withUnsafeBytes { $0.loadUnaligned(as: Number.self) })
    }
}
