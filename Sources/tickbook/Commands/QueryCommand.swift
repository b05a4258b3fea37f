import ArgumentParser
import Language
import Runtime

struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Answer one pipeline, or draw it.",
        discussion: """
            Example: tickbook query 'curated.stocks.indicators | where(symbol == "AAPL") | take(5)'
            Example: tickbook query 'plot curated.stocks.indicators | where(symbol == "AAPL") | line(close, ma_30)'
            """)

    @ArgumentParser.Argument(help: "A pipeline of the language, or a show or plot statement; lines before it may say: use PLUGIN.")
    var pipeline: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "How rows are printed: table, csv or json (one object per line).")
    var format: RowsFormat?
    @Option(help: "Read the pipeline's table as it was at this version.")
    var atVersion: Int?
    @Option(help: "How many rows a table shows.")
    var limit: Int?

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit expects a number of rows, 0 or more; found \(limit).") }
    }

    func run() throws {
        let session = try Session(workspace: workspace.value)
        let (loaded, statement) = try session.load(query: pipeline)
        defer { workspace.value.removeTemporaryFolders() }
        try FaultText.reporting(loaded) {
            switch statement.kind {
            case .show(let pipeline, let asked):
                guard asked == nil || format == nil else { throw ValidationErrorText.twoFormats }
                let rows = ShownRows(
                    stream: try PipelineQuery(context: session.context, atVersion: atVersion).rows(pipeline),
                    code: atVersion == nil ? loaded.code(ofPipeline: statement) : "")
                try (asked ?? format ?? .table).print(rows, limit: limit)
            case .plot(let plot):
                guard format == nil, limit == nil else { throw ValidationErrorText.formatOfPlot }
                ChartText().print(try PlotEvaluator(context: session.context, atVersion: atVersion).chart(plot), file: plot.file)
            case .table, .assertion, .model, .serve: throw ValidationErrorText.onePipeline
            }
        }
    }
}

enum ValidationErrorText {
    static let onePipeline = ValidationError("Expected one pipeline, such as 'raw.stocks | take(5)', or one show or plot statement.")
    static let twoFormats = ValidationError("The format is given twice: behind 'as' and with --format.")
    static let formatOfPlot = ValidationError("--format and --limit are for rows, and a plot is a chart.")
}
