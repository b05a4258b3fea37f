package import Columnar
package import Language

/// What differs between the SQL of engines.
package protocol SQLDialect: Sendable {
    func identifier(_ name: String) -> String
    func literal(_ value: Value, _ type: DataType) -> String
    func typeName(_ type: DataType) -> String
    /// A scalar function of arguments already written, an error only where an int result needs more than 64 bits; not finite only where the function
    /// `mayOverflow`.
    func scalar(_ function: ScalarFunction, _ arguments: [String], types: [DataType], result: DataType) -> String
    /// An aggregate, under the same rule for ints, whose result does not depend on the order of rows or the number of threads.
    func aggregate(_ function: AggregateFunction, _ argument: String?, type: DataType?, time: String?) -> String
    /// A query that gives the row of `describe()` for each column, in their order, reading what stands behind FROM once.
    func description(of columns: [Field], from input: String) -> String
    /// The rows of Parquet files, file after file in the order given, as something to select from.
    func parquet(_ paths: [String]) -> String
    /// The rows of stored files, as `parquet` gives them, whose time is not before `first` nor after `last`, dates or timestamps.
    func rows(of files: String, where time: String, isFrom first: Value?, to last: Value?) -> String
    /// The rows of one CSV file in its order, with columns of these types; lines that don't fit are left out and noted under `notes`, or an
    /// error where there is no place for notes.
    func csv(_ path: String, _ options: CSVOptions, _ schema: Schema, notes: String?) -> String
    /// The same for a section of a file, without its header, whose layout is known; nothing is guessed.
    func csv(_ path: String, _ layout: CSVLayout, _ options: CSVOptions, _ schema: Schema, notes: String) -> String
    /// A query whose one row `layout(from:)` reads.
    func layout(ofCSV path: String, _ options: CSVOptions) -> String
    /// Nil where lines before the header or an unknown delimiter forbid to read the file in sections.
    func layout(from row: RecordBatch) -> CSVLayout?
    /// What was noted: line number, text and reason of every line left out, in the order of lines.
    func unreadableLines(notedUnder notes: String) -> String
    func forget(notes: String) -> String
    /// A query that gives a file's columns as rows of name and type name; `types` of the options hold.
    func columns(ofCSV path: String, _ options: CSVOptions) -> String
    func columns(ofParquet path: String) -> String
    /// Nil for a type that has no counterpart.
    func dataType(named name: String) -> DataType?
    /// A stored timestamp, which is one of UTC, as one without a zone.
    func withoutTimeZone(_ sql: String) -> String
    /// Null where a double is NaN or infinite.
    func finiteOrNull(_ sql: String) -> String
    /// A statement that writes the actions of a table's log, lines of JSON, as a Parquet checkpoint.
    func checkpoint(ofLines text: String, to parquet: String) -> String
    /// A query that gives such lines back, in the checkpoint's order.
    func lines(ofCheckpoint parquet: String) -> String
}

/// What is found out about a CSV file as a whole before parts of it are read.
package struct CSVLayout: Sendable, Hashable {
    package let delimiter: String
    /// In the file's order, those that nobody asked for included.
    package let columns: [String]
    package let timestampFormat: String?

    package init(delimiter: String, columns: [String], timestampFormat: String?) {
        self.delimiter = delimiter
        self.columns = columns
        self.timestampFormat = timestampFormat
    }
}
