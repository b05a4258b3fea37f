package import Columnar

/// What is known of a pipeline's rows before any is read: columns, key, layout.
package struct TableShape: Sendable, Hashable {
    package var columns: [ColumnShape]
    package var key: Key?
    package var partitioning: [PartitionColumn]
    /// Rows chosen by looking ahead: every column of such rows leaks.
    package var selection: LookAhead?

    package init(columns: [ColumnShape], key: Key? = nil, partitioning: [PartitionColumn] = [], selection: LookAhead? = nil) {
        self.columns = columns
        self.key = key
        self.partitioning = partitioning
        self.selection = selection
    }

    package var schema: Schema { Schema(columns.map { Field($0.name, $0.type) }) }
    package var names: [String] { columns.map(\.name) }
    package subscript(name: String) -> ColumnShape? { columns.first { $0.name == name } }
}

extension TableShape {
    /// The columns of every table `NAME__rejects`: where a row stood, as it stood, and the rule it broke.
    package static let rejects = TableShape(columns: [
        ColumnShape(name: "file", type: .string), ColumnShape(name: "line", type: .int), ColumnShape(name: "text", type: .string),
        ColumnShape(name: "rule", type: .string),
    ])

    /// The shape as a pipeline finds it that reads the table: windows begin anew, what looks ahead still does.
    var asSource: TableShape {
        var shape = self
        for index in columns.indices { shape.columns[index].window = .row }
        // Tables keep what they know by column; that all of them look ahead is what choosing rows so leaves behind.
        if selection == nil, columns.allSatisfy({ $0.lookAhead != nil }) { shape.selection = columns.first?.lookAhead }
        return shape
    }

    /// Rows chosen by looking ahead make every column look ahead.
    mutating func taint(_ lookAhead: LookAhead) {
        selection = LookAhead.farthest([selection, lookAhead])
        taintNewColumns()
    }

    /// Columns made after such a choice know of it too.
    mutating func taintNewColumns() {
        guard let selection else { return }
        for index in columns.indices where columns[index].lookAhead == nil {
            columns[index].lookAhead = selection.reached(from: columns[index].name)
        }
    }

    /// Behind other rows or another order, a number of rows ahead says nothing any more.
    mutating func forgetDistances() {
        selection = selection?.unbounded
        for index in columns.indices { columns[index].lookAhead = columns[index].lookAhead?.unbounded }
    }
}

package struct ColumnShape: Sendable, Hashable {
    package var name: String
    package let type: DataType
    /// In rows of the pipeline's own source.
    package var window: Window
    /// Set when the value depends on rows that come later in time, here or in a table upstream.
    package var lookAhead: LookAhead?

    package init(name: String, type: DataType, window: Window = .row, lookAhead: LookAhead? = nil) {
        self.name = name
        self.type = type
        self.window = window
        self.lookAhead = lookAhead
    }
}

/// How a value comes to know the future: by how many rows (nil: without bound) and through which names.
package struct LookAhead: Sendable, Hashable, Codable {
    package let rows: Int?
    /// `["ma_up", "next(close, 1)"]`, from the column to the cause.
    package let path: [String]

    package init(rows: Int?, path: [String]) {
        self.rows = rows
        self.path = path
    }

    /// The one that looks farthest, the first of equals; nil when none looks ahead.
    static func farthest(_ lookAheads: [LookAhead?]) -> LookAhead? {
        lookAheads.compactMap(\.self).reduce(nil) { farthest, next in
            guard let farthest else { return next }
            return (next.rows ?? .max) > (farthest.rows ?? .max) ? next : farthest
        }
    }

    var unbounded: LookAhead { LookAhead(rows: nil, path: path) }

    func reached(from name: String) -> LookAhead { path.first == name ? self : LookAhead(rows: rows, path: [name] + path) }
}

/// The entity's columns, then the time column, that tell rows apart.
package struct Key: Sendable, Hashable, Codable {
    package let entity: [String]
    package let time: String

    package init(entity: [String], time: String) {
        self.entity = entity
        self.time = time
    }

    package var columns: [String] { entity + [time] }
}
