import Charts
import Foundation
import Language
import Runtime

/// Prints a chart, or says where it was written.
struct ChartText {
    func print(_ chart: Chart, file: ChartFile?) {
        if let file {
            return Terminal.note("wrote \(file.path)" + (chart.isEmpty ? ", which shows nothing: there are no rows to draw" : ""))
        }
        let width = Terminal.width == .max ? 100 : Terminal.width
        let height = Terminal.height.map { min(30, $0 - 2) } ?? 24
        let settings = TerminalDrawing.Settings(width: min(width, 160), height: height, usesColour: Terminal.resultsShowColour)
        Terminal.print(TerminalDrawing(settings).lines(chart).joined(separator: "\n"))
    }
}
