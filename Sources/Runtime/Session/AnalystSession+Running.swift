package import Columnar
import Foundation
package import Language

extension AnalystSession {
    /// Runs cells in the notebook's order, with what they depend on as far as that is out of date; stops at the first that fails.
    package func run(_ selection: CellSelection) throws {
        let check = try checkWithCells()
        let order = try RunOrder(selection, in: survey(check))
        for cell in order.cells {
            let mistakes = check.mistakes(concerning: cell)
            guard mistakes.isEmpty else { throw SessionMistakes(mistakes, check.text) }
        }
        try report(.starting(cells: order.cells, prerequisites: order.prerequisites))
        for (index, cell) in order.cells.enumerated() { try run(cell, check, place: (index + 1, order.cells.count)) }
    }

    /// Runs the cell behind the one that ran last.
    package func runNext() throws {
        _ = try checkWithCells()
        guard let next = state.nextCell else { throw SessionFault.lastCell }
        try run(.cells([next]))
    }

    /// A fresh check of a notebook that has cells; what keeps it from having any is thrown.
    package func checkWithCells() throws -> SessionCheck {
        let check = try check(afresh: true)
        guard state.notebook.cellNames.isEmpty else { return check }
        guard state.notebook.mistakes.isEmpty else { throw SessionMistakes(state.notebook.mistakes, check.text) }
        throw SessionFault.noCells
    }

    func run(typed name: String) throws {
        let check = try check()
        guard !check.statements(of: name).isEmpty else { return }
        try noteStaleInputs(of: name, check)
        try run(name, check)
    }

    private func run(_ cell: String, _ check: SessionCheck, place: (number: Int, count: Int)? = nil) throws {
        var options = NotebookRunner.Options()
        options.only = cell
        options.place = place
        var run = CellRun(code: check.fingerprint(of: cell), result: .done, ended: .now)
        run.shown = check.statements(of: cell).filter(\.isShown).compactMap { statement in
            try? ShownPipeline(statement, context)
        }
        do {
            try NotebookRunner(context: context, options: options) { [self] in try report(.running($0, check)) }.run(check.runnable)
        } catch {
            let isInterrupted = context.provider.isCancelled
            let result: CellRun.Result = isInterrupted ? .interrupted : .failed(words((error as? StatementFault)?.underlying ?? error))
            _ = try? state.apply(.ran(cell: cell, CellRun(code: run.code, result: result, ended: .now)))
            throw SessionFailure(fault: error, text: check.text, hint: hint(for: error, check))
        }
        _ = try? state.apply(.ran(cell: cell, run))
    }

    /// What is not there yet may be a cell's to make.
    private func hint(for error: any Error, _ check: SessionCheck) -> String? {
        guard case RunFault.missingInput(let table)? = (error as? StatementFault)?.underlying, let cell = maker(of: table, check) else {
            return nil
        }
        return ":run \(cell) makes \(table)"
    }

    private func maker(of name: String, _ check: SessionCheck) -> String? {
        check.loaded.checked.cells.first { cell in
            state.notebook.cell(cell.name) != nil
                && cell.statements.contains { if case .table(name, _) = $0.kind { true } else { false } }
        }?.name
    }

    /// What was typed reads tables as they are; where the notebook would make others, that is told.
    private func noteStaleInputs(of name: String, _ check: SessionCheck) throws {
        let read = check.statements(of: name).reduce(into: Set<String>()) { $0.formUnion($1.namesRead) }
        let makers = Set(read.compactMap { maker(of: $0, check) })
        guard !makers.isEmpty else { return }
        for cell in survey(check) where makers.contains(cell.name) {
            guard case .stale(let reason) = cell.standing else { continue }
            try report(.note("cell '\(cell.name)' is out of date (\(reason)); this reads what it made before, :run \(cell.name) renews it"))
        }
    }

    /// The rows of a pipeline whose table is read as it was at a version.
    package func rows(of pipeline: String, atVersion version: Int) throws -> ShownRows {
        let loaded = LoadedNotebook.check(pipeline: pipeline, catalog: catalog, functions: functions)
        let entry = TypedEntry(pipeline)
        guard loaded.diagnostics.isEmpty else { throw SessionMistakes(loaded.diagnostics, SessionText(typed: entry)) }
        guard let statement = loaded.checked.statements.first, let checked = statement.pipeline else { throw SessionFault.nothingToShow }
        let began = ContinuousClock.now
        return ShownRows(stream: try PipelineQuery(context: context, atVersion: version).rows(checked), code: "", began: began)
    }

    /// Throws the notebook's mistakes, if there are any.
    package func checkNotebook() throws {
        let check = try check(afresh: true)
        guard check.notebookMistakes.isEmpty else { throw SessionMistakes(check.notebookMistakes, check.text) }
    }

    /// The columns of files, sampled as a run does it, once until a file changes.
    package var schemaOfFiles: @Sendable (String, FileSource.Format, CSVOptions) throws(SourceFault) -> Schema {
        { [catalog] (glob, format, options) throws(SourceFault) in try catalog.schema(ofFiles: glob, format: format, options: options) }
    }

    /// The columns of a stored table.
    package func shape(ofTable name: String) -> TableShape? { catalog.shape(ofTable: name) }

    /// What a run of the notebook would do, step by step.
    package func plan() throws -> (steps: [RunPlanner.Step], check: SessionCheck) {
        let check = try checkWithCells()
        guard check.notebookMistakes.isEmpty else { throw SessionMistakes(check.notebookMistakes, check.text) }
        let cells = check.loaded.checked.cells.filter { state.notebook.cell($0.name) != nil }
        var planner = RunPlanner(context: context, options: NotebookRunner.Options())
        do {
            return (try planner.plan(check.runnable(cells)), check)
        } catch {
            throw SessionFailure(fault: error, text: check.text, hint: nil)
        }
    }
}

extension CheckedStatement {
    /// Rows are shown, and nothing is kept.
    fileprivate var isShown: Bool {
        switch kind {
        case .table, .model, .assertion, .serve: false
        default: true
        }
    }
}
