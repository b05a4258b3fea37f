/// A column to split files by: a column itself, or a calendar part of a date or timestamp.
package struct PartitionColumn: Sendable, Hashable, Codable {
    package enum Part: String, Sendable, Hashable, Codable, CaseIterable { case year, month, day }

    /// The name in the table's folders and log, `year` for `year(date)`.
    package let name: String
    package let source: String
    package let part: Part?

    package init(name: String, source: String, part: Part?) {
        self.name = name
        self.source = source
        self.part = part
    }
}
