import Columnar
import Engine
import Language
import Planner
import Synchronization

/// The rows of one file, or of one section of it, on their way through a plan's row-wise stages.
final class PartReading {
    let stream: any RecordBatchStream
    private let notes: Notes

    /// What was noted by the time the stream has ended; the stream's own thread writes it.
    private final class Notes: Sendable {
        let state = Mutex((failures: [RuleFailures](), unreadable: [PlanExecutor.UnreadableLine]()))
    }

    init(_ part: PlanExecutor.Part, making: TableMaking, plan: PipelinePlan, stages: ArraySlice<PlanStage>) throws {
        let notes = Notes()
        self.notes = notes
        var executor = making.executor { failures in notes.state.withLock { $0.failures.append(failures) } }
        executor.file = PlanExecutor.OneFile(part: part) { lines in notes.state.withLock { $0.unreadable = lines } }
        stream = try executor.stream(stages, fromSourceOf: plan).stream
    }

    var failures: [RuleFailures] { notes.state.withLock { $0.failures } }
    var unreadable: [PlanExecutor.UnreadableLine] { notes.state.withLock { $0.unreadable } }
}

/// A file's readings in the order of its rows: one, or several of which the next are under way while one is read.
final class FileParts {
    private static let readAtOnce = 3

    private let begin: (PlanExecutor.Part) throws -> PartReading
    private var whole: PlanExecutor.Part?
    private var sections: FileSections?
    private var layout: CSVLayout?
    private var started: [PartReading] = []

    init(
        path: String, source: FileSource, executor: PlanExecutor, begin: @escaping (PlanExecutor.Part) throws -> PartReading
    ) throws {
        self.begin = begin
        if source.format == .csv, source.options.header ?? true,
            let sections = FileSections(path: path, quote: (source.options.quote ?? "\"").utf8.first ?? 0),
            let layout = try executor.layout(ofCSV: path, source.options)
        {
            self.sections = sections
            self.layout = layout
        } else {
            whole = .file(path)
        }
    }

    /// Whether parts are left behind the one that was given last.
    var hasMore: Bool { !started.isEmpty }

    func next() throws -> PartReading? {
        if let part = whole {
            whole = nil
            return try begin(part)
        }
        while started.count < Self.readAtOnce, let section = try sections?.next() {
            started.append(try begin(.section(section, layout!)))
        }
        return started.isEmpty ? nil : started.removeFirst()
    }
}
