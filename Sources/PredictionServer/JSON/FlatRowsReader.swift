/// Reads the bodies that well-behaved clients send: a flat object of numbers, one per feature, or an array of such objects.
///
/// Anything else, right or wrong, is left to `JSONReader`, which explains what it finds.
struct FlatRowsReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The rows with their values in the order of `names`; nil when the body is anything but one finite number for each name.
    mutating func read(names: [[UInt8]]) -> FeatureRows? {
        var rows = FeatureRows(values: [], isArray: take(UInt8(ascii: "[")))
        if rows.isArray {
            rows.values.reserveCapacity(bytes.count / 16)
            repeat {
                guard readRow(names, into: &rows.values) else { return nil }
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { return nil }
        } else {
            guard readRow(names, into: &rows.values) else { return nil }
        }
        skipSpace()
        return position == bytes.count ? rows : nil
    }

    private mutating func readRow(_ names: [[UInt8]], into values: inout [Double]) -> Bool {
        let start = values.count
        for _ in names.indices { values.append(.nan) }
        return values.withUnsafeMutableBufferPointer {
            readRow(names, into: UnsafeMutableBufferPointer(rebasing: $0[start...]))
        }
    }

    private mutating func readRow(_ names: [[UInt8]], into values: UnsafeMutableBufferPointer<Double>) -> Bool {
        guard take(UInt8(ascii: "{")) else { return false }
        for expected in names.indices {
            if expected > 0, !take(UInt8(ascii: ",")) { return false }
            guard take(UInt8(ascii: "\"")), let index = readName(names, expected), values[index].isNaN, take(UInt8(ascii: ":")) else {
                return false
            }
            skipSpace()
            guard let number = JSONNumber(bytes, from: position), number.value.isFinite else { return false }
            values[index] = number.value
            position += number.byteCount
        }
        return take(UInt8(ascii: "}"))
    }

    /// The index of the name that stands here, with its closing quote; clients mostly keep the model's order.
    private mutating func readName(_ names: [[UInt8]], _ expected: Int) -> Int? {
        if standsHere(names[expected]) { return expected }
        return names.indices.first { standsHere(names[$0]) }
    }

    private mutating func standsHere(_ name: [UInt8]) -> Bool {
        let end = position + name.count
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return false }
        for index in name.indices where bytes[position + index] != name[index] { return false }
        position = end + 1
        return true
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    @inline(__always)
    private mutating func skipSpace() {
        while position < bytes.count, isJSONSpace(bytes[position]) { position += 1 }
    }
}

@inline(__always)
func isJSONSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 }
