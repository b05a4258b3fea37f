import ArgumentParser
import Runtime

struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Answer one pipeline.",
        discussion: "Example: tickbook query 'curated.stocks.indicators | where(symbol == \"AAPL\") | take(5)'")

    @Argument(help: "A pipeline of the language.")
    var pipeline: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "How rows are printed: table, csv or json (one object per line).")
    var format = RowFormat.table
    @Option(help: "Read the pipeline's table as it was at this version.")
    var atVersion: Int?
    @Option(help: "How many rows a table shows.")
    var limit = 40

    func run() throws {
        let session = try Session(workspace: workspace.value)
        let (loaded, pipeline) = try session.load(pipeline: pipeline)
        defer { workspace.value.removeTemporaryFolders() }
        try FaultText.reporting(loaded) {
            try format.print(PipelineQuery(context: session.context, atVersion: atVersion).rows(pipeline), limit: limit)
        }
    }
}

enum ValidationErrorText {
    static let onePipeline = ValidationError("Expected one pipeline, such as 'raw.stocks | take(5)'.")
}
