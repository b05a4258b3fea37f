/// JSON being written.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ literal: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    mutating func append(raw: some Sequence<UInt8>) { bytes.append(contentsOf: raw) }

    mutating func append(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

    /// The shortest text that reads back to the same finite number.
    mutating func append(_ number: Double) { bytes.append(contentsOf: number.description.utf8) }

    mutating func append(string: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                append("\\u00")
                if digits.utf8.count == 1 { append("0") }
                append(raw: digits.utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
