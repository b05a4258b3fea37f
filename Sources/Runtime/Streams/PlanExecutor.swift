import Columnar
import DeltaTable
import Engine
import Indicators
import Language
import Planner
import PluginHost

/// Sets a plan's stages up as one stream of batches: SQL where the engine does the work, streams of ours between.
struct PlanExecutor {
    let provider: EngineProvider
    let workspace: Workspace
    /// The versions that every scan of this run reads, by table.
    let snapshots: [String: Snapshot]
    /// Told of rows that broke a rule without ending the run.
    var reportFailures: (RuleFailures) -> Void = { _ in }
    /// The one file that a file source stands for; without it, all files of the glob.
    var file: OneFile?
    /// The part of the source table that is read; without it, all of it.
    var restriction: ScanRestriction?
    /// Where the plan's series keep their states, and what they go on from.
    var states: StepStates?
    /// Told how many rows' worth of the batch at hand the series have computed.
    var noteAdvance: @Sendable (Int) -> Void = { _ in }

    /// A file, or a section of one whose layout is known.
    enum Part {
        case file(String)
        case section(FileSection, CSVLayout)
    }

    struct OneFile {
        let part: Part
        let receiveUnreadable: ([UnreadableLine]) -> Void
    }

    struct UnreadableLine: Sendable {
        let line: Int
        let text: String
        let reason: String
    }

    /// How a CSV file is laid out, or nil where that can't be said for sure.
    func layout(ofCSV path: String, _ options: CSVOptions) throws -> CSVLayout? {
        let opened = try provider.get()
        let rows = try opened.engine.query(opened.dialect.layout(ofCSV: path, options), inputs: [:]).collect()
        guard rows.count == 1, rows[0].count == 1 else { return nil }
        return opened.dialect.layout(from: rows[0])
    }

    /// Rows on their way: a table's files or a query, not yet read, or a stream.
    private enum Rows {
        case scan([Field], from: String)
        /// SQL over `inputs`, and the columns it gives.
        case query(String, inputs: [String: any RecordBatchStream], Schema, followUp: FollowUp? = nil)
        case stream(any RecordBatchStream)

        var followUp: FollowUp? { if case .query(_, _, _, let followUp) = self { followUp } else { nil } }
    }

    /// The rows of a plan, and the key by which they are known to be sorted.
    func stream(_ plan: PipelinePlan) throws -> (stream: any RecordBatchStream, sortedBy: Key?) {
        try stream(plan.stages[...], fromSourceOf: plan)
    }

    /// The rows of a plan's source after some stages.
    func stream(_ stages: ArraySlice<PlanStage>, fromSourceOf plan: PipelinePlan) throws -> (stream: any RecordBatchStream, sortedBy: Key?)
    {
        let built = try stages.reduce(source(of: plan)) { try append($1, to: $0) }
        return (try prefetched(built.rows), built.sortedBy)
    }

    /// Rows that are there already, and known to be sorted by a key, after some stages.
    func stream(
        _ stages: ArraySlice<PlanStage>, from rows: any RecordBatchStream, sortedBy: Key? = nil
    ) throws -> (stream: any RecordBatchStream, sortedBy: Key?) {
        let built = try stages.reduce(Sorted(rows: .stream(rows), sortedBy: sortedBy)) { try append($1, to: $0) }
        return (try prefetched(built.rows), built.sortedBy)
    }

    /// Whoever takes the rows works while the next ones are made.
    private func prefetched(_ rows: Rows) throws -> any RecordBatchStream {
        let stream = try started(rows)
        return stream is PrefetchedStream ? stream : PrefetchedStream(stream)
    }

    /// The SQL that each relational part of the plan runs as.
    func statements(_ plan: PipelinePlan) throws -> [String] {
        var statements: [String] = []
        var built = try source(of: plan)
        for stage in plan.stages {
            if case .relation(let relation) = stage {
                built = Sorted(rows: try relate(relation, built.rows), sortedBy: carried(built.sortedBy, through: relation))
                continue
            }
            if case .sort(let key) = stage, built.sortedBy == key { continue }
            if let sql = try statement(of: built.rows) { statements.append(sql) }
            let schema = schema(of: built.rows)
            let rows = Rows.stream(InMemoryStream(schema: stage.output(of: schema), batches: []))
            if case .sort(let key) = stage {
                statements.append(try sortStatement(schema, key))
                built = Sorted(rows: rows, sortedBy: key)
            } else {
                built = Sorted(rows: rows, sortedBy: built.sortedBy)
            }
        }
        if let sql = try statement(of: built.rows) { statements.append(sql) }
        return statements
    }

    /// The SQL that gives these rows, unless they come from a stream.
    private func statement(of rows: Rows) throws -> String? {
        switch rows {
        case .scan(let fields, let input): SQLWriter(dialect: try provider.get().dialect).storedScan(fields, from: input)
        case .query(let sql, _, _, _): sql
        case .stream: nil
        }
    }

    private struct Sorted {
        let rows: Rows
        let sortedBy: Key?
    }

    private func append(_ stage: PlanStage, to built: Sorted) throws -> Sorted {
        let (rows, sortedBy) = (built.rows, built.sortedBy)
        switch stage {
        case .relation(let relation): return Sorted(rows: try relate(relation, rows), sortedBy: carried(sortedBy, through: relation))
        case .sort(let key): return sortedBy == key ? built : Sorted(rows: try sort(rows, key), sortedBy: key)
        case .latest(let key): return Sorted(rows: .stream(LatestStream(input: try started(rows), key: key.columns)), sortedBy: key)
        case .series(let step, let time):
            return Sorted(
                rows: .stream(
                    try SeriesStage(
                        input: started(rows), step: step, time: time, states: states?.next(),
                        definitions: BuiltinIndicators.byName.merging(workspace.plugins.definitions) { builtin, _ in builtin },
                        advanced: { [provider, noteAdvance] rows in
                            try provider.checkCancellation()
                            noteAdvance(rows)
                        })),
                sortedBy: sortedBy)
        case .project(let projections):
            return Sorted(
                rows: .stream(ProjectedStream(input: try started(rows), projections: projections)), sortedBy: sortedBy?.renamed(projections)
            )
        case .require(let step):
            let stream = RequiringStream(input: try started(rows), step: step, keepsText: file == nil, report: reportFailures)
            return Sorted(rows: .stream(stream), sortedBy: sortedBy)
        }
    }

    // MARK: Sources

    private func source(of plan: PipelinePlan) throws -> Sorted {
        switch plan.source {
        case .table(let scan): return try source(of: scan, sortedNextBy: plan.firstSortKey)
        case .files(let files, let columns): return Sorted(rows: try rows(of: files, columns), sortedBy: nil)
        }
    }

    private func rows(of source: FileSource, _ columns: [String]) throws -> Rows {
        let fields = columns.map { name in source.schema.fields.first { $0.name == name }! }
        guard let file else {
            let paths = try SourceFiles(workspace: workspace).matching(source.glob).map(\.absolutePath)
            let scans = try paths.map { "(\(try scan(.file($0), source, fields, setsAside: false).sql))" }
            return .query(scans.joined(separator: "\nUNION ALL\n"), inputs: [:], Schema(fields))
        }
        let (sql, notes) = try scan(file.part, source, fields)
        return .query(sql, inputs: [:], Schema(fields), followUp: try notes.map { try unreadable($0, file) })
    }

    /// The SQL that reads one file, and the name under which lines that don't fit are noted; they are an error unless set aside.
    private func scan(
        _ part: Part, _ source: FileSource, _ fields: [Field], setsAside: Bool = true
    ) throws -> (sql: String, notes: String?) {
        let dialect = try provider.get().dialect
        let writer = SQLWriter(dialect: dialect)
        let notes = "unreadable_\(StreamNumber.next())"
        switch (part, source.format) {
        case (.file(let path), .parquet): return (writer.scanOfFiles(fields, from: dialect.parquet([path])), nil)
        case (.file(let path), .csv):
            let scan = dialect.csv(path, source.options, source.schema, notes: setsAside ? notes : nil)
            return (writer.scanOfFiles(fields, from: scan), setsAside ? notes : nil)
        case (.section(let section, let layout), _):
            let scan = dialect.csv(section.path, layout, source.options, source.schema, notes: notes)
            return (writer.scanOfFiles(fields, from: scan), notes)
        }
    }

    private func unreadable(_ notes: String, _ file: OneFile) throws -> FollowUp {
        let dialect = try provider.get().dialect
        return FollowUp(sql: dialect.unreadableLines(notedUnder: notes), cleanUp: dialect.forget(notes: notes)) { batches in
            file.receiveUnreadable(
                batches.flatMap { batch in
                    (0..<batch.count).map { row in
                        let line = Int(batch.columns[0].ints[row])
                        return UnreadableLine(
                            line: file.part.wholeLine(line), text: batch.columns[1][row].description,
                            reason: batch.columns[2][row].description)
                    }
                })
        }
    }

    /// Files are read in key order where that saves a sort, and else in the order of ingestion, which a sort by another key keeps.
    private func source(of scan: TableScan, sortedNextBy next: Key?) throws -> Sorted {
        guard let snapshot = snapshots[scan.table] else { throw RunFault.missingInput(table: scan.table) }
        let fields = scan.columns.map { name in scan.schema.fields.first { $0.name == name }! }
        let key = snapshot.key
        let files = (restriction?.files ?? snapshot.files).filter { $0.mayHold(scan.pruning, partitioning: snapshot.partitioning) }
        let order = FileOrder(files: snapshot.inOrderOfIngestion(files), key: next == nil || next == key ? key : nil)
        guard !order.files.isEmpty else { return Sorted(rows: .stream(InMemoryStream(schema: Schema(fields), batches: [])), sortedBy: key) }
        let folder = workspace.tables.folder(of: scan.table)
        let dialect = try provider.get().dialect
        var input = dialect.parquet(order.files.map { folder + "/" + $0.path })
        if let restriction, let times = restriction.times, let type = snapshot.schema.type(of: restriction.time) {
            let first = times.lowerBound == .min ? nil : Value(timeNumber: times.lowerBound, type: type)
            let last = times.upperBound == .max ? nil : Value(timeNumber: times.upperBound, type: type)
            input = dialect.rows(of: input, where: restriction.time, isFrom: first, to: last)
        }
        return Sorted(rows: .scan(fields, from: input), sortedBy: order.isSorted ? key : nil)
    }

    // MARK: Relational work

    private func relate(_ relation: Relation, _ rows: Rows) throws -> Rows {
        if case .stream(let stream) = rows, let selection = relation.selection {
            return .stream(try compute(selection, relation, over: stream))
        }
        var inputs: [String: any RecordBatchStream] = [:]
        let input = try named(rows, &inputs)
        var sides: [String: String] = [:]
        for (name, plan) in relation.sides { sides[name] = try side(plan, &inputs) }
        let sql = SQLWriter(dialect: try provider.get().dialect).statement(relation, input: input, sides: sides)
        return .query(sql, inputs: inputs, relation.output, followUp: rows.followUp)
    }

    /// Columns added to a stream without touching the others.
    private func compute(_ selection: Selection, _ relation: Relation, over stream: any RecordBatchStream) throws -> any RecordBatchStream {
        let sources = relation.output.names.map { name -> ComputedStream.Source in
            if let from = selection.passedOn[name] { return .input(stream.schema.index(of: from)!) }
            return .computed(selection.computed.firstIndex { $0.name == name }!)
        }
        let fields = selection.computed.map { Field($0.name, $0.expression.type) }
        let computing = Relation(steps: [.select(selection.computed)], sides: [:], output: Schema(fields))
        return try ComputedStream(input: stream, needed: selection.needed, schema: relation.output, sources: sources) { feed in
            var inputs: [String: any RecordBatchStream] = [:]
            let name = try named(.stream(feed), &inputs)
            let opened = try provider.get()
            let sql = SQLWriter(dialect: opened.dialect).statement(computing, input: name, sides: [:])
            return try opened.engine.query(sql, inputs: inputs)
        }
    }

    /// The other side of a join: SQL in place where it can be, so that the engine sees all of it.
    private func side(_ plan: PipelinePlan, _ inputs: inout [String: any RecordBatchStream]) throws -> String {
        var whole = self
        whole.restriction = nil
        whole.states = nil
        return try whole.named(plan.stages.reduce(whole.source(of: plan)) { try whole.append($1, to: $0) }.rows, &inputs)
    }

    /// What stands behind FROM for these rows.
    private func named(_ rows: Rows, _ inputs: inout [String: any RecordBatchStream]) throws -> String {
        switch rows {
        case .scan(let fields, let input): return "(\n\(SQLWriter(dialect: try provider.get().dialect).scan(fields, from: input))\n)"
        case .query(let sql, let own, _, _):
            inputs.merge(own) { current, _ in current }
            return "(\n\(sql)\n)"
        case .stream(let stream):
            let name = "stream_\(StreamNumber.next())"
            inputs[name] = stream
            return name
        }
    }

    private static let numberColumn = "__number"

    private func sort(_ rows: Rows, _ key: Key) throws -> Rows {
        let numbered = NumberedStream(input: try started(rows), column: Self.numberColumn)
        var inputs: [String: any RecordBatchStream] = [:]
        let name = try named(.stream(numbered), &inputs)
        let schema = schema(of: rows)
        return .query(try sortStatement(schema, key, from: name), inputs: inputs, schema)
    }

    private func sortStatement(_ schema: Schema, _ key: Key, from name: String = "the rows above") throws -> String {
        let dialect = try provider.get().dialect
        let order = (key.columns + [Self.numberColumn]).map { "\(dialect.identifier($0)) ASC NULLS LAST" }
        return
            "SELECT \(schema.names.map(dialect.identifier).joined(separator: ", "))\nFROM \(name)\nORDER BY \(order.joined(separator: ", "))"
    }

    private func started(_ rows: Rows) throws -> any RecordBatchStream {
        switch rows {
        case .stream(let stream): stream
        case .scan: PrefetchedStream(try provider.get().engine.query(statement(of: rows)!, inputs: [:]))
        case .query(let sql, let inputs, _, let followUp):
            PrefetchedStream(try provider.get().engine.query(sql, inputs: inputs, followUp: followUp))
        }
    }

    private func schema(of rows: Rows) -> Schema {
        switch rows {
        case .stream(let stream): stream.schema
        case .scan(let fields, _): Schema(fields)
        case .query(_, _, let schema, _): schema
        }
    }

    private func carried(_ key: Key?, through relation: Relation) -> Key? {
        guard let key, relation.isRowWise else { return nil }
        return relation.steps.reduce(key as Key?) { key, step in
            guard let key, case .select(let columns) = step else { return key }
            let projections = columns.compactMap { named -> Projection? in
                if case .column(let from, _) = named.expression { Projection(name: named.name, from: from) } else { nil }
            }
            return key.renamed(projections)
        }
    }
}

extension Key {
    /// The key under the names the projections give; nil when one of its columns goes no further.
    func renamed(_ projections: [Projection]) -> Key? {
        mapped { column in
            (projections.first { $0.from == column && $0.name == column } ?? projections.first { $0.from == column })?.name
        }
    }

    /// The key under the names that `name` gives; nil when it gives none for a column.
    func mapped(_ name: (String) -> String?) -> Key? {
        let names = columns.map(name)
        guard !names.contains(nil) else { return nil }
        return Key(entity: names.dropLast().map { $0! }, time: names.last!!)
    }
}

extension PlanStage {
    /// The columns after this stage.
    func output(of schema: Schema) -> Schema {
        switch self {
        case .relation(let relation): relation.output
        case .sort, .latest: schema
        case .project(let projections): Schema(projections.map { projection in Field(projection.name, schema.type(of: projection.from)!) })
        case .require(let step): Schema(schema.fields.filter { $0.name != step.ruleColumn })
        case .series(let step, _): Schema(step.output.map { Field($0, schema.type(of: $0) ?? .double) })
        }
    }
}

extension PlanExecutor.Part {
    /// The line of the whole file for a line of this part.
    fileprivate func wholeLine(_ line: Int) -> Int {
        switch self {
        case .file: line
        case .section(let section, _): section.wholeLine(line)
        }
    }
}
