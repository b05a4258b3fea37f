import Charts
import DeltaTable
import Foundation
import Language
import Publishing
import Runtime

/// Collects what a report says, cell by cell, while a notebook runs or from what is stored.
final class ReportGathering {
    private(set) var cells: [ReportCell]
    private var outcome = NotebookReport.Outcome.done
    private let loaded: LoadedNotebook
    private let facts: ReportFacts
    private let session: Session
    private let charts: ReportCharts
    /// Charts to draw when all are known, and the places that wait for them.
    private var undrawn: [(chart: Chart, cell: Int, result: Int)] = []
    /// How many statements of each cell showed something already.
    private var shownCount: [String: Int] = [:]

    init(_ loaded: LoadedNotebook, session: Session, workspace: Workspace) {
        self.loaded = loaded
        self.session = session
        charts = ReportCharts(workspace: workspace)
        facts = ReportFacts(context: session.context, models: workspace.models)
        cells = loaded.notebook.cells.map { _ in ReportCell(state: .plain) }
        for cell in loaded.checked.cells {
            for case .serve(let model, let port) in cell.statements.map(\.kind) {
                add(.note("Serves \(model) on port \(port) when the notebook is run with tickbook run."), to: cell.name)
            }
        }
    }

    /// The report as far as it has come; its charts are drawn now.
    func report(path: String, overrides: [String: String]) -> NotebookReport {
        for (place, result) in zip(undrawn, charts.results(undrawn.map(\.chart))) { cells[place.cell].results[place.result] = result }
        undrawn = []
        return NotebookReport(
            notebook: loaded.notebook, path: path, outcome: outcome,
            made: Self.moment(.now), program: "Tickbook \(TickbookVersion.current)",
            parameters: loaded.parameters(overrides).map { ($0.name, $0.text) }, cells: cells)
    }

    private static func moment(_ date: Date) -> String {
        date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: false).dateTimeSeparator(.space)) + " UTC"
    }

    private func add(_ result: ReportResult, to cell: String, _ state: ReportCell.State = .plain) {
        guard let index = loaded.notebook.cells.firstIndex(where: { $0.name == cell }) else { return }
        cells[index].results.append(result)
        cells[index].state = cells[index].state.joined(with: state)
    }

    private func add(_ chart: Chart, to cell: String) {
        guard let index = loaded.notebook.cells.firstIndex(where: { $0.name == cell }) else { return }
        undrawn.append((chart, index, cells[index].results.count))
        cells[index].results.append(.note(chart.title ?? ""))
    }

    // MARK: - Where results come from

    /// Statements that show something do so in their order.
    private func addNextCaption(to cell: String) throws {
        let statements = loaded.checked.cells.first { $0.name == cell }?.statements.filter { $0.shownPipeline != nil } ?? []
        let number = shownCount[cell, default: 0]
        shownCount[cell] = number + 1
        if statements.indices.contains(number) { try addCaption(statements[number], to: cell) }
    }

    private func addCaption(_ statement: CheckedStatement, to cell: String) throws {
        guard let pipeline = statement.shownPipeline else { return }
        let isAlone = loaded.checked.cells.first { $0.name == cell }?.statements.count == 1
        let code = loaded.tree.cells.lazy.flatMap(\.statements).first { $0.span == statement.span }?.code
        var kind = "rows"
        if case .plot = statement.kind { kind = "chart" }
        add(
            .caption(
                ReportCaption(
                    statement: isAlone ? nil : code, kind: kind, inputs: try facts.versions(of: pipeline), files: pipeline.files.map(\.glob)
                )),
            to: cell)
    }

    /// The files that the table or model is made from directly.
    private func files(of name: String) -> [String] {
        loaded.checked.cells.flatMap(\.statements).flatMap { statement -> [String] in
            switch statement.kind {
            case .table(name, let pipeline): pipeline.files.map(\.glob)
            case .model(name, let model): model.pipeline.files.map(\.glob)
            default: []
            }
        }
    }

    // MARK: - A run

    func note(_ event: NotebookRunner.Event) throws {
        switch event {
        case .cellStarted: break
        case .table(let cell, let outcome):
            var table = try facts.table(outcome)
            table.files = files(of: outcome.name)
            add(.table(table), to: cell, outcome.staleness == nil ? .upToDate : .made)
        case .model(let cell, let outcome):
            let reason = outcome.staleness.map { ["\($0)", String(format: "%.2f s", outcome.seconds)] } ?? []
            guard var model = try facts.model(outcome.name, facts: reason, isNew: outcome.staleness != nil) else { return }
            model.files = files(of: outcome.name)
            add(.model(model), to: cell, outcome.staleness == nil ? .upToDate : .made)
        case .rows(let cell, let rows):
            try addNextCaption(to: cell)
            add(.rows(try facts.rows(rows.stream)), to: cell)
        case .chart(let cell, let chart, _):
            try addNextCaption(to: cell)
            add(chart, to: cell)
        // The event is not told its cell.
        case .serve: break
        }
    }

    /// What ended the run, in its cell; those behind it did not run.
    func note(fault: any Error) {
        guard let statement = fault as? StatementFault else {
            outcome = .failed
            return
        }
        let index = loaded.notebook.cells.firstIndex { $0.name == statement.cell } ?? 0
        let renderer = DiagnosticRenderer(path: loaded.notebook.path, text: loaded.notebook.text)
        let message = FaultText.diagnostics(of: fault).map(renderer.render) ?? FaultText.words(statement.underlying)
        outcome = FaultText.diagnostics(of: fault) == nil ? .interrupted : .failed
        cells[index].results.append(.fault(message.trimmingCharacters(in: .newlines)))
        cells[index].state = .failed
        for later in cells.indices.dropFirst(index + 1) { cells[later].state = .notRun }
    }

    // MARK: - What is stored

    /// Reads the last results, and shows rows of what is there; nothing is written.
    func read() throws {
        outcome = .notRun
        var planner = RunPlanner(context: session.context, options: NotebookRunner.Options())
        let steps = try planner.plan(loaded)
        for cell in loaded.checked.cells {
            for statement in cell.statements { try read(statement, in: cell.name, steps) }
        }
    }

    private func read(_ statement: CheckedStatement, in cell: String, _ steps: [RunPlanner.Step]) throws {
        let staleness = { (name: String) in steps.first { $0.name == name && $0.cell == cell }?.staleness }
        switch statement.kind {
        case .table(let name, _):
            guard var table = try facts.table(name, staleness: staleness(name)) else { return addMissing(name, to: cell) }
            table.files = files(of: name)
            add(.table(table), to: cell, staleness(name) == nil ? .upToDate : .stale)
        case .model(let name, _):
            let reason = staleness(name).map { ["next run: \($0)"] } ?? []
            guard var model = try facts.model(name, facts: reason, isNew: false) else { return addMissing(name, to: cell) }
            model.files = files(of: name)
            add(.model(model), to: cell, staleness(name) == nil ? .upToDate : .stale)
        case .show(let pipeline, _):
            try read(pipeline, in: cell, statement.span) {
                try addCaption(statement, to: cell)
                add(.rows(try facts.rows(PipelineQuery(context: session.context).rows(pipeline))), to: cell)
            }
        case .plot(let plot):
            try read(plot.pipeline, in: cell, statement.span) {
                try addCaption(statement, to: cell)
                add(try PlotEvaluator(context: session.context).chart(plot.withoutFile), to: cell)
            }
        case .assertion, .serve: break
        }
    }

    /// Where its tables are there.
    private func read(_ pipeline: CheckedPipeline, in cell: String, _ span: SourceSpan, _ body: () throws -> Void) throws {
        let missing = pipeline.tables.filter { !session.context.tables.exists($0) }.sorted()
        guard missing.isEmpty else { return addMissing(missing.joined(separator: ", "), to: cell) }
        do { try body() } catch { throw StatementFault(cell: cell, span: span, underlying: error) }
    }

    private func addMissing(_ name: String, to cell: String) { add(.note("\(name) was not made yet."), to: cell, .notRun) }
}

extension ReportCell.State {
    /// Of several statements in one cell, the one that asks most for attention.
    fileprivate func joined(with other: ReportCell.State) -> ReportCell.State {
        let order: [ReportCell.State] = [.plain, .upToDate, .made, .stale, .notRun, .failed]
        return order.firstIndex(of: self)! >= order.firstIndex(of: other)! ? self : other
    }
}

extension CheckedStatement {
    /// Of a statement that shows rows or a chart.
    fileprivate var shownPipeline: CheckedPipeline? {
        switch kind {
        case .show(let pipeline, _): pipeline
        case .plot(let plot): plot.pipeline
        case .table, .model, .assertion, .serve: nil
        }
    }
}
