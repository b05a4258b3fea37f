package import Columnar

/// A notebook that can run: every name resolved, every type fitting, every window known.
package struct CheckedNotebook: Sendable {
    package let cells: [CheckedCell]
    /// The plugins it uses, in the order of their first use.
    package let plugins: [String]

    package init(cells: [CheckedCell], plugins: [String] = []) {
        self.cells = cells
        self.plugins = plugins
    }

    package var statements: [CheckedStatement] { cells.flatMap(\.statements) }

    /// All that is asserted of a table, wherever in the notebook.
    package func asserts(on table: String) -> [CheckedAssert] {
        statements.compactMap { if case .assertion(let assert) = $0.kind, assert.table == table { assert } else { nil } }
    }
}

package struct CheckedCell: Sendable {
    package let name: String
    package let statements: [CheckedStatement]
}

package struct CheckedStatement: Sendable {
    package enum Kind: Sendable {
        case table(name: String, CheckedPipeline)
        case assertion(CheckedAssert)
        case model(name: String, CheckedModel)
        /// Rows to show; nil where whoever shows them chooses how.
        case show(CheckedPipeline, as: RowsFormat?)
        case plot(CheckedPlot)
        case serve(model: String, port: Int)
    }

    package let kind: Kind
    package let span: SourceSpan
}

/// A source and the steps its rows go through.
package struct CheckedPipeline: Sendable {
    package let source: CheckedSource
    package let steps: [CheckedStep]
    package let shape: TableShape
    package let span: SourceSpan

    /// The tables read, its own source's and those of joins and unions.
    package var tables: Set<String> {
        var names: Set<String> = []
        if case .table(let name, _) = source.kind { names.insert(name) }
        for step in steps {
            if case .join(let other, _, _) = step.kind { names.formUnion(other.tables) }
            if case .union(let other) = step.kind { names.formUnion(other.tables) }
        }
        return names
    }

    /// The files read, its own source's and those of joins and unions.
    package var files: [FileSource] { (fileSource.map { [$0] } ?? []) + sideFiles }

    /// The files of joins and unions.
    package var sideFiles: [FileSource] {
        steps.flatMap { step -> [FileSource] in
            switch step.kind {
            case .join(let other, _, _), .union(let other): other.files
            default: []
            }
        }
    }

    /// The step that puts rows into the table `NAME__rejects`, if there is one.
    package var rejectingStep: CheckedStep? {
        steps.first { if case .require(_, onFailure: .reject) = $0.kind { true } else { false } }
    }

    /// The rows are those of files, so that a table of them is ingested file by file.
    package var fileSource: FileSource? {
        if case .files(let source) = source.kind { source } else { nil }
    }
}

package struct CheckedSource: Sendable {
    package enum Kind: Sendable {
        case table(name: String, TableShape)
        case files(FileSource)
    }

    package let kind: Kind
    package let span: SourceSpan

    package var shape: TableShape {
        switch kind {
        case .table(_, let shape): shape
        case .files(let source): TableShape(columns: source.schema.fields.map { ColumnShape(name: $0.name, type: $0.type) })
        }
    }
}

/// The files of a glob and how to read them.
package struct FileSource: Sendable, Hashable {
    package enum Format: String, Sendable, Hashable { case csv, parquet }

    package let format: Format
    package let glob: String
    package let options: CSVOptions
    package let schema: Schema

    package init(format: Format, glob: String, options: CSVOptions, schema: Schema) {
        self.format = format
        self.glob = glob
        self.options = options
        self.schema = schema
    }
}

/// How CSV text is to be read; nil means found out from the files.
package struct CSVOptions: Sendable, Hashable {
    package var header: Bool?
    package var delimiter: String?
    package var quote: String?
    /// In the letters of `strptime`: `%d/%m/%Y`.
    package var dateFormat: String?
    package var timestampFormat: String?
    package var nullText: String?
    /// Types the notebook declares, by column name.
    package var types: [Field]

    package init(
        header: Bool? = nil, delimiter: String? = nil, quote: String? = nil, dateFormat: String? = nil, timestampFormat: String? = nil,
        nullText: String? = nil, types: [Field] = []
    ) {
        self.header = header
        self.delimiter = delimiter
        self.quote = quote
        self.dateFormat = dateFormat
        self.timestampFormat = timestampFormat
        self.nullText = nullText
        self.types = types
    }
}

extension CSVOptions: CustomStringConvertible {
    /// The options as one line, the same for the same options.
    package var description: String {
        let parts = [
            header.map { "header=\($0)" }, delimiter.map { "delimiter=\($0)" }, quote.map { "quote=\($0)" },
            dateFormat.map { "date=\($0)" },
            timestampFormat.map { "timestamp=\($0)" }, nullText.map { "null=\($0)" },
        ]
        return (parts.compactMap(\.self) + types.map { "\($0.name):\($0.type.rawValue)" }).joined(separator: " ")
    }
}

package struct CheckedStep: Sendable {
    package enum Kind: Sendable {
        /// The columns that stay, in order, with the expression each is made of; earlier ones are not seen by later ones.
        case select([NamedExpression])
        /// Columns added to (or replacing) those present; later ones see earlier ones.
        case derive([NamedExpression])
        case filter([CheckedExpression])
        case sort([SortTerm])
        case take(count: Int, offset: Int)
        case key(Key)
        case latest(Key)
        case partition([PartitionColumn])
        case require([Requirement], onFailure: RequirementFailure)
        case summarize(groups: [NamedExpression], aggregates: [NamedExpression])
        case join(CheckedPipeline, on: [String], kind: JoinKind)
        case union(CheckedPipeline)
        /// A row for each of these columns.
        case describe([Field])
    }

    package let kind: Kind
    package let span: SourceSpan
    /// After this step.
    package let shape: TableShape
}

package struct NamedExpression: Sendable, Hashable {
    package let name: String
    package let expression: CheckedExpression

    package init(name: String, expression: CheckedExpression) {
        self.name = name
        self.expression = expression
    }
}

package struct SortTerm: Sendable, Hashable {
    package let expression: CheckedExpression
    package let descending: Bool

    package init(expression: CheckedExpression, descending: Bool) {
        self.expression = expression
        self.descending = descending
    }
}

/// A rule rows must meet, with its text for messages; a null outcome does not meet it.
package struct Requirement: Sendable, Hashable {
    package let condition: CheckedExpression
    package let text: String
}

package enum RequirementFailure: String, Sendable, CaseIterable { case reject, fail, warn }

package enum JoinKind: String, Sendable, CaseIterable { case inner, left }
