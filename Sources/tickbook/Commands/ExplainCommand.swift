import ArgumentParser
import Language
import Planner
import Runtime

struct ExplainCommand: ParsableCommand {
    enum Stage: String, ExpressibleByArgument, CaseIterable {
        case tokens, tree, plan, sql, engine
    }

    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Show what a notebook or a pipeline becomes on its way to a result.")

    @ArgumentParser.Argument(help: "A notebook, or a pipeline in quotes.")
    var source: String
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var parameters: ParameterOptions
    @Option(help: "tokens, tree, plan (stages and windows), sql (what the engine runs, and the files it reads), engine (its EXPLAIN).")
    var stage = Stage.plan

    func run() throws {
        let session = try Session(workspace: workspace.value)
        let loaded =
            try isPipeline
            ? LoadedNotebook.check(pipeline: source, catalog: session.catalog, functions: Wiring.functions)
            : session.load(source, overrides: parameters.values())
        try FaultText.reporting(loaded) {
            switch stage {
            case .tokens: Terminal.print(tokens(loaded))
            case .tree: Terminal.print(loaded.tree.description)
            case .plan, .sql, .engine:
                guard loaded.diagnostics.isEmpty else { throw RunFault.mistakes(loaded.diagnostics) }
                let explanation = PlanExplanation(context: session.context)
                let text = try loaded.checked.statements.map { statement in
                    switch stage {
                    case .sql: try explanation.sql(statement)
                    case .engine: try explanation.engine(statement)
                    default: try explanation.plan(statement)
                    }
                }
                Terminal.print(text.filter { !$0.isEmpty }.joined(separator: "\n\n"))
            }
        }
    }

    private var isPipeline: Bool { !source.hasSuffix(".md") }

    private func tokens(_ loaded: LoadedNotebook) -> String {
        let lines = SourceLines(loaded.notebook.text)
        return loaded.notebook.cells.map { cell in
            let (tokens, _) = Lexer.tokens(in: loaded.notebook.text, code: cell.code)
            return Token.listing(tokens, in: lines)
        }.joined(separator: "\n")
    }
}
