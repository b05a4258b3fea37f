import Columnar

package enum TableName {
    /// Rejected rows of a table stand in the table of its name with this at the end.
    package static let rejectsSuffix = "__rejects"

    package static func isSuitable(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return !name.hasSuffix(rejectsSuffix)
            && parts.allSatisfy { part in
                !part.isEmpty && !part.first!.isNumber && part.first != "_" && part.utf8.allSatisfy { isNameByte($0) }
            }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
    }
}

package enum ColumnName {
    /// Delta tables without column mapping allow no ` ,;{}()\n\t=` in names.
    package static func isStorable(_ name: String) -> Bool { !name.isEmpty && !name.contains { " ,;{}()\n\t=".contains($0) } }
}

extension DataType {
    /// Whether files can be laid out by a column of this type.
    var isPartitionable: Bool { self != .double && self != .timestamp }
}
