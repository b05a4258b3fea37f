/// Reads the one body a well-behaved client sends: a flat object of numbers, one per feature.
///
/// Anything else, right or wrong, is left to `JSONObjectReader`, which explains what it finds.
struct FlatObjectReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Fills `values` in the order of `names`; false when the body is anything but one finite number for each name.
    mutating func read(names: [[UInt8]], into values: UnsafeMutableBufferPointer<Double>) -> Bool {
        values.update(repeating: .nan)
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
        guard take(UInt8(ascii: "}")) else { return false }
        skipSpace()
        return position == bytes.count
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
