/// A condition of an assert that does not hold, as a run found it.
package struct AssertFailure: Sendable, Hashable {
    package enum Finding: Sendable, Hashable {
        /// So many rows do not meet it.
        case rows(Int)
        /// So many rows have the same values as another.
        case repeated(Int, columns: [String])
        /// The table has so many rows as a whole.
        case rowCount(Int)
    }

    /// Which version stays, and whether it holds the rows in question.
    package enum Consequence: Sendable, Hashable {
        case notPublished(staying: Int?)
        case publishedEarlier(Int)
    }

    package let table: String
    package let condition: String
    package let finding: Finding
    /// Some of the rows, as the lines of a small table.
    package let examples: [String]
    package let consequence: Consequence

    package init(table: String, condition: String, finding: Finding, examples: [String], consequence: Consequence) {
        self.table = table
        self.condition = condition
        self.finding = finding
        self.examples = examples
        self.consequence = consequence
    }

    var message: String {
        switch finding {
        case .rows(let count): "\(Self.rows(count)) of \(table) break\(count == 1 ? "s" : "") the assert \(condition)"
        case .repeated(let count, let columns):
            "\(Self.rows(count)) of \(table) have the same \(columns.joined(separator: ", ")) as another, against the assert \(condition)"
        case .rowCount(let count): "\(table) has \(Self.rows(count)), against the assert \(condition)"
        }
    }

    var help: String {
        switch consequence {
        case .notPublished(nil): "nothing was published; mend the source, then run again"
        case .notPublished(let version?): "nothing was published, version \(version) stays as it is; mend the source, then run again"
        case .publishedEarlier(let version):
            "version \(version) was published before this was asserted, and stays; mend the source, then run again"
        }
    }

    private static func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}
