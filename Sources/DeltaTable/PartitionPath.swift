package import Columnar
import Engine

/// Folder names of partitions, as Hive, Spark and Delta writers make them. Values are read from the log only, never from a path.
package enum PartitionPath {
    static let nullFolder = "__HIVE_DEFAULT_PARTITION__"

    /// `symbol=A%2FB/year=2012`, empty without partition columns. A value's type must suit `PartitionText`.
    package static func folder(columns: [PartitionColumn], values: [Value]) throws -> String {
        precondition(columns.count == values.count)
        return try zip(columns, values).map { column, value in
            let text = try PartitionText.text(of: value, column: column.name)
            let folder = hiveEscaped(column.name) + "=" + (text.map(hiveEscaped) ?? nullFolder)
            guard folder.utf8.count <= 255 else {
                throw DeltaFault.schema(
                    "Partition column '\(column.name)' holds a value of \(text!.utf8.count) bytes: a folder's name has room for 255. "
                        + "Leave \(column.name) out of partition(...).")
            }
            return folder
        }.joined(separator: "/")
    }

    /// The characters Hive escapes; a space and letters beyond ASCII stay.
    static func hiveEscaped(_ text: String) -> String {
        percentEncoded(text) { byte in
            byte < 0x20 || byte == 0x7f || hiveReserved.contains(byte)
        }
    }

    /// A path as `add.path` writes it (RFC 2396): `%` and everything beyond unreserved ASCII is encoded.
    static func uriEncoded(_ path: String) -> String {
        percentEncoded(path) { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                false
            case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "="): false
            default: !uriUnreserved.contains(byte)
            }
        }
    }

    /// Undoes any percent-encoding once; nil when a `%` is not followed by two digits or the bytes are no UTF-8.
    static func uriDecoded(_ path: String) -> String? {
        guard path.utf8.contains(UInt8(ascii: "%")) else { return path }
        var bytes: [UInt8] = []
        var rest = Array(path.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static let hiveReserved = Set("\"#%'*/:=?\\{[]^".utf8)
    private static let uriUnreserved = Set("~!$&'()*,;@".utf8)

    private static func percentEncoded(_ text: String, where mustEncode: (UInt8) -> Bool) -> String {
        guard text.utf8.contains(where: mustEncode) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if mustEncode(byte) {
                bytes.append(contentsOf: [UInt8(ascii: "%"), hexDigit(byte >> 4), hexDigit(byte & 15)])
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
