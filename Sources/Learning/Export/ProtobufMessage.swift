import Foundation

/// A message in the wire format of Protocol Buffers: fields one after the other, each a tag and a value.
///
/// Source: protobuf.dev/programming-guides/encoding. Wire types used here: 0 varint, 2 length-delimited, 5 32-bit.
struct ProtobufMessage {
    private(set) var bytes = Data()

    mutating func add(_ field: Int, _ number: Int) {
        guard number != 0 else { return }
        addAlways(field, number)
    }

    /// Also where it is 0, which readers take for absent: members that have to be there.
    mutating func addAlways(_ field: Int, _ number: Int) {
        tag(field, 0)
        varint(UInt64(bitPattern: Int64(number)))
    }

    mutating func add(_ field: Int, _ text: String) {
        guard !text.isEmpty else { return }
        add(field, Data(text.utf8))
    }

    mutating func add(_ field: Int, _ content: Data) {
        tag(field, 2)
        varint(UInt64(content.count))
        bytes.append(content)
    }

    mutating func add(_ field: Int, _ message: ProtobufMessage) { add(field, message.bytes) }

    /// Numbers of one field, packed.
    mutating func add(_ field: Int, packed numbers: [Int]) {
        guard !numbers.isEmpty else { return }
        var content = ProtobufMessage()
        for number in numbers { content.varint(UInt64(bitPattern: Int64(number))) }
        add(field, content.bytes)
    }

    private mutating func tag(_ field: Int, _ wireType: UInt64) { varint(UInt64(field) << 3 | wireType) }

    private mutating func varint(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
