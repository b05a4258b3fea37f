package import Charts
package import Language

/// Makes the chart of a plot, and writes it where the plot names a file. Nothing is stored among tables.
package struct PlotEvaluator {
    private let context: RunContext

    private let version: Int?

    /// With `version`, the pipeline's own table is read as it was then.
    package init(context: RunContext, atVersion version: Int? = nil) {
        self.context = context
        self.version = version
    }

    package func chart(_ plot: CheckedPlot) throws -> Chart {
        if let file = plot.file { try context.charts.check(file) }
        let chart = try ChartMaking(plot: plot).chart(PipelineQuery(context: context, atVersion: version).repeatedly(plot.pipeline))
        try context.provider.checkCancellation()
        if let file = plot.file { try context.charts.write(chart, to: file) }
        return chart
    }
}
