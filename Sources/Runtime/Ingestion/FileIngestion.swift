import Columnar
import DeltaTable
import Engine
import Language
import Planner

/// Turns new source files into data files of a table, one after another; rows that don't fit are set aside with their line.
struct FileIngestion {
    let making: TableMaking
    let source: FileSource
    let ingestion: IngestionPlan

    private var context: RunContext { making.context }
    private var state: TableState { making.state }

    func run() throws -> TableMaking.Made {
        var made = TableMaking.Made(rejects: RejectsTable(context: context, name: state.name).writer())
        let writer = try making.writer(sortedBy: nil)
        if source.format == .csv { context.progress.expect(rows: ExpectedRows.of(ingestion.toIngest.map(\.file))) }
        do {
            if !ingestion.takesAll { try withdraw(writer, &made) }
            if making.plan.isRowWise { try ingestEach(writer, &made) } else { try ingestTogether(writer, &made) }
            context.progress.enter("writing files")
            made.files = try writer.finish()
        } catch {
            writer.abandon()
            made.rejects.abandon()
            throw error
        }
        if ingestion.takesAll { made.removes = state.current?.files ?? [] }
        made.replacesAll = ingestion.takesAll
        made.work = work(made)
        made.ingestedFiles = ingestion.kept + made.ingestedFiles
        made.watermark = Watermark.of(made, after: state.current, key: state.pipeline.shape.key)
        return made
    }

    private func work(_ made: TableMaking.Made) -> TableWork {
        var work = TableWork(.whole(because: nil))
        if !ingestion.takesAll, let key = state.pipeline.shape.key {
            var ranges = EntityRanges()
            for file in made.files.map({ ($0.statistics, $0.rowCount) }) + made.removes.map({ ($0.statistics, $0.rowCount ?? 0) }) {
                if let bounds = FileBounds.of(file.0, key, rowCount: file.1) { ranges.add(bounds.times, of: bounds.entity) }
            }
            work = TableWork(.changes(entities: ranges.entities.count, rows: made.rowsWritten))
            work.note(times: ranges, type: state.pipeline.shape[key.time]?.type)
        }
        (work.filesRead, work.filesPresent) = (ingestion.toIngest.count, ingestion.toIngest.count + ingestion.kept.count)
        return work
    }

    /// Writes data files with rows of withdrawn source files anew, without those rows; each in a file of its own, since its rows
    /// keep their place in the order of ingestion.
    private func withdraw(_ writer: PartitionedWriter, _ made: inout TableMaking.Made) throws {
        let withdrawn = Set(ingestion.withdrawn.map(\.sha256))
        guard let current = state.current, !withdrawn.isEmpty else { return }
        made.removes = current.files.filter { file in file.sources.contains { withdrawn.contains($0.source) } }
        for file in made.removes where !file.sources.allSatisfy({ withdrawn.contains($0.source) }) {
            try writer.closeFiles()
            let stream = try StoredRows(context: context, name: state.name, snapshot: current).stream(of: [file])
            var runs = file.sources[...]
            while let batch = try stream.next() {
                try context.provider.checkCancellation()
                try runs.takeRows(batch.count) { source, rows in
                    if !withdrawn.contains(source) { try writer.append(batch.slice(rows), source: source) }
                }
            }
        }
        try writer.closeFiles()
    }

    private func ingestEach(_ writer: PartitionedWriter, _ made: inout TableMaking.Made) throws {
        for new in ingestion.toIngest {
            let reading = FileReading(making: making, source: source, new: new, stages: making.plan.stages[...])
            let rows = try reading.read(into: &made) { try writer.append($0, source: new.sha256) }
            made.record(new, rows: rows)
        }
    }

    /// A pipeline whose rows depend on each other takes the rows of all files as one.
    private func ingestTogether(_ writer: PartitionedWriter, _ made: inout TableMaking.Made) throws {
        let split = making.plan.stages.firstIndex { !$0.isRowWise }!
        let spooled = try spool(making.plan.stages[..<split], &made)
        let (stream, _) = try making.executor { _ in }.stream(making.plan.stages[split...], from: spooled)
        while let batch = try stream.next() {
            try context.provider.checkCancellation()
            try writer.append(batch, source: nil)
        }
    }

    private func spool(_ stages: ArraySlice<PlanStage>, _ made: inout TableMaking.Made) throws -> any RecordBatchStream {
        var batches: [RecordBatch] = []
        var schema: Schema?
        for new in ingestion.toIngest {
            let reading = FileReading(making: making, source: source, new: new, stages: stages)
            let rows = try reading.read(into: &made) { batch in
                schema = batch.schema
                batches.append(batch)
            }
            made.record(new, rows: rows)
        }
        let empty = stages.reduce(source.schema) { $1.output(of: $0) }
        return InMemoryStream(schema: schema ?? empty, batches: batches)
    }
}

extension TableMaking.Made {
    fileprivate mutating func record(_ new: IngestionPlan.NewFile, rows: Int) {
        ingestedFiles.append(
            CommitRecord.IngestedFile(
                path: new.file.path, byteCount: new.file.byteCount, modified: new.file.modified, sha256: new.sha256,
                firstRowOrder: rowsRead,
                rowsIn: rows))
        rowsRead += rows
    }
}

extension ArraySlice<SourceRun> {
    /// Splits the next `count` rows by the sources they came from.
    fileprivate mutating func takeRows(_ count: Int, _ body: (String, Range<Int>) throws -> Void) rethrows {
        var row = 0
        while row < count, var run = popFirst() {
            let rows = row..<Swift.min(count, row + run.rowCount)
            try body(run.source, rows)
            run.rowCount -= rows.count
            row = rows.upperBound
            if run.rowCount > 0 { insert(run, at: startIndex) }
        }
    }
}
