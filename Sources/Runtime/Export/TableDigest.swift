package import Columnar
import Crypto
import DeltaTable
import Foundation
import Language
import Planner

/// What a table's newest version holds, as hashes that don't depend on files, their layout or the order of ingestion: over the rows in
/// the order of the key, rows with one key in the order of their bytes.
///
/// Two tables have the same hash when, and only when, they have the same columns with the same values to the last bit.
package struct TableDigest: Sendable, Hashable {
    package struct Column: Sendable, Hashable {
        package let name: String
        package let type: DataType
        package let sha256: String
    }

    package let rowCount: Int
    package let columns: [Column]
    /// Over the columns' names, types and hashes.
    package let sha256: String

    /// Throws `RunFault.missingInput` where there is no such table.
    package static func of(_ name: String, in context: RunContext) throws -> TableDigest {
        guard let snapshot = try context.snapshots.newest(name) else { throw RunFault.missingInput(table: name) }
        let key = snapshot.key?.columns ?? snapshot.schema.names
        let stored = StoredRows(context: context, name: name, snapshot: snapshot)
        let stream = CancellableStream(
            input: try stored.stream(of: snapshot.files, [order(of: snapshot)]), provider: context.provider)
        var hasher = RowHasher(schema: snapshot.schema, key: key)
        while let batch = try stream.next() { hasher.update(batch) }
        return hasher.finish()
    }

    /// A table without a key is put in the order of all its columns.
    private static func order(of snapshot: Snapshot) -> PlanStage {
        if let key = snapshot.key { return .sort(key) }
        let terms = snapshot.schema.fields.map { SortTerm(expression: .column($0.name, $0.type), descending: false) }
        return .relation(Relation(steps: [.order(terms)], sides: [:], output: snapshot.schema))
    }
}
