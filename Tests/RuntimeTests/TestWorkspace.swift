import Columnar
import DeltaTable
import DuckDBEngine
import Foundation
import Indicators
import Language
import Synchronization

@testable import Runtime

/// The repository's top folder, below which `.deps` lies.
let repositoryFolder = URL(fileURLWithPath: #filePath).pathComponents.dropLast(3).joined(separator: "/")

/// A workspace of its own for one test, gone with its owner, and what a user does with one.
final class TestWorkspace {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("tickbook-\(UUID().uuidString)").resolvingSymlinksInPath().path
    var workspace: Workspace { Workspace(root: path) }

    init() throws { try FileManager.default.createDirectory(atPath: path + "/data/inbox", withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What one run did.
    struct Run {
        var tables: [String: TableOutcome] = [:]
        var models: [String: ModelOutcome] = [:]
        var openedEngine = false

        var made: Set<String> {
            Set(tables.filter { $0.value.staleness != nil }.keys).union(models.filter { $0.value.staleness != nil }.keys)
        }
    }

    /// Why a run ended early.
    struct Failure: Error {
        let diagnostics: [Diagnostic]
        let fault: StatementFault?
        let text: String
    }

    func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

    func write(_ name: String, _ content: Data) throws {
        try content.write(to: URL(fileURLWithPath: path + "/data/inbox/" + name))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/data/inbox/" + name) }

    func rename(_ name: String, _ other: String) throws {
        try FileManager.default.moveItem(atPath: path + "/data/inbox/" + name, toPath: path + "/data/inbox/" + other)
    }

    /// Cells as a user writes them, without front matter.
    @discardableResult
    func run(_ cells: String, _ parameters: [String: String] = [:], fullRefresh: Bool = false, cancelledAfter last: String? = nil) throws
        -> Run
    {
        var run = Run()
        let opened = Atomic<Bool>(false)
        let provider = EngineProvider {
            opened.store(true, ordering: .relaxed)
            // To cancel is to cancel all that an engine does.
            return try last == nil ? Self.engine.get() : Self.openEngine()
        }
        var options = NotebookRunner.Options()
        options.fullRefresh = fullRefresh
        let context = RunContext(workspace: workspace, provider: provider, notebook: "notebook.md")
        let loaded = load(cells, parameters, context)
        let runner = NotebookRunner(context: context, options: options) { event in
            switch event {
            case .table(_, let outcome):
                run.tables[outcome.name] = outcome
                if outcome.name == last { provider.cancel() }
            case .model(_, let outcome): run.models[outcome.name] = outcome
            case .cellStarted, .rows, .chart, .serve: break
            }
        }
        do {
            try runner.run(loaded)
        } catch let fault as StatementFault {
            throw Failure(diagnostics: [], fault: fault, text: "\(fault.underlying)")
        } catch {
            let words = DiagnosticRenderer(path: "notebook.md", text: loaded.notebook.text, usesColour: false).render(loaded.diagnostics)
            throw Failure(diagnostics: loaded.diagnostics, fault: nil, text: words)
        }
        run.openedEngine = opened.load(ordering: .relaxed)
        return run
    }

    /// What ends a run that must not succeed.
    func failure(_ cells: String, cancelledAfter last: String? = nil) throws -> Failure {
        do {
            try run(cells, cancelledAfter: last)
        } catch let failure as Failure {
            return failure
        }
        throw Unexpected(description: "the run succeeded")
    }

    struct Unexpected: Error, CustomStringConvertible {
        let description: String
    }

    func load(_ cells: String, _ parameters: [String: String], _ context: RunContext) -> LoadedNotebook {
        LoadedNotebook.check(
            "---\ntickbook: 1\n---\n" + cells, path: "notebook.md", catalog: WorkspaceCatalog(context: context), functions: Self.functions,
            overrides: parameters)
    }

    /// The rows of a pipeline, as text between bars.
    func rows(_ pipeline: String, atVersion version: Int? = nil) throws -> [String] {
        try batches(pipeline, atVersion: version).flatMap { batch in
            (0..<batch.count).map { row in batch.columns.map { $0[row].description }.joined(separator: "|") }
        }
    }

    func batches(_ pipeline: String, atVersion version: Int? = nil) throws -> [RecordBatch] {
        let context = RunContext(workspace: workspace, provider: EngineProvider(open: Self.engine.get))
        let loaded = LoadedNotebook.check(pipeline: pipeline, catalog: WorkspaceCatalog(context: context), functions: Self.functions)
        guard loaded.diagnostics.isEmpty, case .show(let checked, _)? = loaded.checked.statements.first?.kind else {
            throw Failure(diagnostics: loaded.diagnostics, fault: nil, text: "\(loaded.diagnostics)")
        }
        let stream = try PipelineQuery(context: context, atVersion: version).rows(checked)
        var batches: [RecordBatch] = []
        while let batch = try stream.next() { batches.append(batch) }
        return batches
    }

    /// Files below `data/` but the inbox, without the names that differ from run to run.
    func files(_ suffix: String) -> [String] {
        (FileManager.default.enumerator(atPath: path + "/data")?.compactMap { $0 as? String } ?? [])
            .filter { !$0.hasPrefix("inbox") && $0.hasSuffix(suffix) }
    }

    static let functions = FunctionLibrary(BuiltinIndicators.all.map(\.function))

    /// One engine for all tests of the process; opening one takes longer than most tests.
    static let engine = EngineProvider(open: openEngine)

    static let openEngine: @Sendable () throws -> EngineProvider.Opened = {
        EngineProvider.Opened(
            engine: try DuckDBEngine(library: try DuckDBLibrary.open(searchFolders: [repositoryFolder])), dialect: DuckDBDialect())
    }
}

/// Cells that take prices in and keep what can't be true aside.
let pricesCell = """
    ```tick ingest
    table raw.stocks =
      csv("data/inbox/*.csv*")
      | rename(symbol = Ticker, date = Date, close = Close, high = High, low = Low)
      | require(high >= low, else = reject)
      | key(symbol, date)
      | partition(symbol)
    ```
    """

let pricesHeader = "Ticker,Date,Close,High,Low\n"

/// Lines of prices as a provider sends them: symbol, date, close.
func prices(_ lines: [(String, String, Double)]) -> String {
    pricesHeader + lines.map { "\($0.0),\($0.1),\($0.2),\($0.2 + 1.25),\($0.2 - 1.25)\n" }.joined()
}
