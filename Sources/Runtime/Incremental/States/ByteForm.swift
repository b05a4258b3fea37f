import Columnar

/// Numbers, texts and values as bytes: numbers of 8 bytes, lowest first; a length before bytes and lists; a type before a value.
struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func append(_ number: Int) { withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) } }

    mutating func append(bytes other: [UInt8]) {
        append(other.count)
        bytes += other
    }

    mutating func append(_ values: [Value]) {
        append(values.count)
        for value in values { append(value) }
    }

    private mutating func append(_ value: Value) {
        switch value {
        case .null: append(0)
        case .int(let number): append(1, Int(number))
        case .double(let number): append(2, Int(truncatingIfNeeded: number.bitPattern))
        case .bool(let flag): append(3, flag ? 1 : 0)
        case .date(let days): append(4, Int(days))
        case .timestamp(let microseconds): append(5, Int(microseconds))
        case .string(let text):
            append(6)
            append(bytes: Array(text.utf8))
        }
    }

    private mutating func append(_ type: Int, _ number: Int) {
        append(type)
        append(number)
    }
}

/// Reads what `ByteWriter` wrote; nil where the bytes end too early or are of no known form.
struct ByteReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func number() -> Int? {
        guard rest.count >= 8 else { return nil }
        defer { rest = rest.dropFirst(8) }
        return Int(littleEndian: rest.withUnsafeBytes { $0.loadUnaligned(as: Int.self) })
    }

    /// A number of things that follow, each of at least a byte.
    mutating func count() -> Int? { number().flatMap { (0...rest.count).contains($0) ? $0 : nil } }

    mutating func bytes() -> [UInt8]? {
        guard let count = count() else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func values() -> [Value]? {
        guard let count = count() else { return nil }
        var values: [Value] = []
        for _ in 0..<count {
            guard let value = value() else { return nil }
            values.append(value)
        }
        return values
    }

    private mutating func value() -> Value? {
        switch number() {
        case 0: return .null
        case 1: return number().map { .int(Int64($0)) }
        case 2: return number().map { .double(Double(bitPattern: UInt64(truncatingIfNeeded: $0))) }
        case 3: return number().map { .bool($0 != 0) }
        case 4: return number().flatMap { Int32(exactly: $0) }.map { .date($0) }
        case 5: return number().map { .timestamp(Int64($0)) }
        case 6: return bytes().map { .string(String(decoding: $0, as: UTF8.self)) }
        default: return nil
        }
    }
}
