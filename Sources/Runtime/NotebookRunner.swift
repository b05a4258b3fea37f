package import Charts
import Engine
package import Language

/// Runs a notebook's cells in order, each statement wholly or not at all.
package struct NotebookRunner {
    package struct Options: Sendable {
        package var fullRefresh = false
        /// Only this cell.
        package var only: String?
        /// The cells up to and with this one.
        package var until: String?
        /// Which of how many this run's first cell is, where several runs follow one another.
        var place: (number: Int, count: Int)?

        package init() {}
    }

    /// What became of a statement, as it happens.
    package enum Event {
        case cellStarted(String)
        case table(cell: String, TableOutcome)
        case model(cell: String, ModelOutcome)
        /// Rows to show; they are read by whoever takes the event.
        case rows(cell: String, ShownRows)
        /// A chart to show, or one that was written to its file.
        case chart(cell: String, Chart, file: ChartFile?)
        case serve(model: String, port: Int)
    }

    private let context: RunContext
    private let options: Options
    private let report: (Event) throws -> Void

    package init(context: RunContext, options: Options = Options(), report: @escaping (Event) throws -> Void) {
        self.context = context
        self.options = options
        self.report = report
    }

    /// Throws `RunFault.mistakes` before anything ran, or `StatementFault` after which earlier statements stay committed.
    package func run(_ loaded: LoadedNotebook) throws {
        guard loaded.diagnostics.isEmpty else { throw RunFault.mistakes(loaded.diagnostics) }
        defer {
            context.progress.end()
            context.workspace.removeTemporaryFolders()
        }
        let cells = try Self.chosenCells(of: loaded.checked, options)
        for (index, cell) in cells.enumerated() {
            context.progress.begin(cell: cell.name, number: (options.place?.number ?? 1) + index, of: options.place?.count ?? cells.count)
            try report(.cellStarted(cell.name))
            for statement in cell.statements { try run(statement, in: cell.name, of: loaded) }
            context.progress.endCell()
        }
    }

    static func chosenCells(of notebook: CheckedNotebook, _ options: Options) throws -> [CheckedCell] {
        let names = notebook.cells.map(\.name)
        for name in [options.only, options.until].compactMap(\.self) where !names.contains(name) {
            throw RunFault.unknownCell(name, known: names)
        }
        if let only = options.only { return notebook.cells.filter { $0.name == only } }
        guard let until = options.until, let last = names.firstIndex(of: until) else { return notebook.cells }
        return Array(notebook.cells[...last])
    }

    private func run(_ statement: CheckedStatement, in cell: String, of loaded: LoadedNotebook) throws {
        let notebook = loaded.checked
        do {
            try context.provider.checkCancellation()
            context.progress.begin(statement: statement.madeName)
            switch statement.kind {
            case .table(let name, let pipeline):
                let evaluator = TableEvaluator(
                    context: context, fullRefresh: options.fullRefresh, asserts: notebook.asserts(on: name))
                try report(.table(cell: cell, evaluator.evaluate(name, pipeline, cell: cell)))
            // The table's own statement has seen to it, but in a run of this cell alone.
            case .assertion(let assert):
                try TableAudit(context: context, asserts: notebook.asserts(on: assert.table), cell: cell)?.checkPublished()
            case .model(let name, let model):
                let evaluator = ModelEvaluator(context: context, fullRefresh: options.fullRefresh, notebook: notebook)
                try report(.model(cell: cell, evaluator.evaluate(name, model)))
            case .show(let pipeline, let format):
                let began = ContinuousClock.now
                let stream = try BegunStream(PipelineQuery(context: context).rows(pipeline))
                try report(.rows(cell: cell, ShownRows(stream: stream, format: format, code: loaded.code(ofPipeline: statement), began: began)))
            case .plot(let plot): try report(.chart(cell: cell, PlotEvaluator(context: context).chart(plot), file: plot.file))
            case .serve(let model, let port): try report(.serve(model: model, port: port))
            }
        } catch let fault as StatementFault {
            throw fault
        } catch {
            if !context.provider.isCancelled, var overflow = IntOverflow(error) {
                let span = statement.pipeline.flatMap { overflow.locate(in: $0) }
                throw StatementFault(cell: cell, span: span ?? statement.span, underlying: overflow)
            }
            throw StatementFault(cell: cell, span: statement.span, underlying: cause(of: error))
        }
    }

    private func cause(of error: any Error) -> any Error {
        if context.provider.isCancelled { return RunFault.interrupted }
        guard let freeBytes = context.workspace.freeBytesIfFull(after: error) else { return error }
        return RunFault.diskFull(
            path: context.workspace.root, freeBytes: freeBytes, writtenBytes: (error as? DiskFull)?.writtenBytes)
    }
}

extension CheckedStatement {
    /// The table or model that the statement makes.
    fileprivate var madeName: String? {
        switch kind {
        case .table(let name, _), .model(let name, _): name
        case .assertion(let assert): assert.table
        case .serve(let model, _): model
        case .show, .plot: nil
        }
    }
}
