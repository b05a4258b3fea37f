/// Writes structs in Thrift's compact protocol, as Parquet's headers and footer are.
///
/// Source: Apache Thrift, "Thrift Compact protocol encoding". The fields of a struct must come in ascending order of their numbers,
/// at most 15 apart; all that Parquet asks for are.
struct ThriftCompactWriter {
    /// The protocol's own numbers.
    private enum Kind: UInt8 {
        case yes = 1
        case no, int8, int16, int32, int64, double, binary, list, set, map, structure
    }

    private var bytes: [UInt8] = []
    private var lastField: UInt8 = 0

    /// One struct alone.
    static func encode(_ fields: (inout Self) -> Void) -> [UInt8] {
        var writer = Self()
        writer.appendStructure(fields)
        return writer.bytes
    }

    mutating func bool(_ field: UInt8, _ flag: Bool) { begin(field, flag ? .yes : .no) }

    mutating func int8(_ field: UInt8, _ number: Int8) {
        begin(field, .int8)
        bytes.append(UInt8(bitPattern: number))
    }

    mutating func int32(_ field: UInt8, _ number: Int) {
        begin(field, .int32)
        appendSigned(number)
    }

    mutating func int64(_ field: UInt8, _ number: Int) {
        begin(field, .int64)
        appendSigned(number)
    }

    mutating func binary(_ field: UInt8, _ content: some Collection<UInt8>) {
        begin(field, .binary)
        appendBinary(content)
    }

    mutating func structure(_ field: UInt8, _ fields: (inout Self) -> Void) {
        begin(field, .structure)
        appendStructure(fields)
    }

    mutating func int32s(_ field: UInt8, _ numbers: [Int]) {
        beginList(field, of: .int32, count: numbers.count)
        for number in numbers { appendSigned(number) }
    }

    mutating func binaries(_ field: UInt8, _ contents: [some Collection<UInt8>]) {
        beginList(field, of: .binary, count: contents.count)
        for content in contents { appendBinary(content) }
    }

    mutating func structures<Element>(_ field: UInt8, _ elements: [Element], _ fields: (Element, inout Self) -> Void) {
        beginList(field, of: .structure, count: elements.count)
        for element in elements { appendStructure { fields(element, &$0) } }
    }

    private mutating func begin(_ field: UInt8, _ kind: Kind) {
        precondition(field > lastField && field - lastField <= 15, "field \(field) after \(lastField)")
        bytes.append((field - lastField) << 4 | kind.rawValue)
        lastField = field
    }

    private mutating func beginList(_ field: UInt8, of kind: Kind, count: Int) {
        begin(field, .list)
        if count < 15 { return bytes.append(UInt8(count) << 4 | kind.rawValue) }
        bytes.append(0xf0 | kind.rawValue)
        bytes.appendVariableLength(UInt64(count))
    }

    private mutating func appendStructure(_ fields: (inout Self) -> Void) {
        let outerField = lastField
        lastField = 0
        fields(&self)
        bytes.append(0)
        lastField = outerField
    }

    /// Zigzag: small numbers of either sign are short.
    private mutating func appendSigned(_ number: Int) {
        bytes.appendVariableLength(UInt64(bitPattern: Int64(number << 1 ^ number >> 63)))
    }

    private mutating func appendBinary(_ content: some Collection<UInt8>) {
        bytes.appendVariableLength(UInt64(content.count))
        bytes.append(contentsOf: content)
    }
}

extension [UInt8] {
    /// ULEB128: seven bits a byte, the lowest first.
    mutating func appendVariableLength(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    mutating func appendLittleEndian(_ number: UInt32) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}
