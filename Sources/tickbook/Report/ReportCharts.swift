import Charts
import Foundation
import Language
import Publishing
import Runtime

/// Draws a report's charts, all in one start of the renderer: as SVG, or as text where no renderer is installed.
struct ReportCharts {
    private let renderer: ChartRenderer
    /// For paper of the report's width.
    private static let drawing = TerminalDrawing.Settings(width: 96, height: 24, usesColour: false)

    init(workspace: Workspace) { renderer = ChartRenderer(searchFolders: Wiring.searchFolders(workspace)) }

    func results(_ charts: [Chart]) -> [ReportResult] {
        guard !charts.isEmpty else { return [] }
        do {
            return try pictures(charts)
        } catch {
            Terminal.note("note: charts are drawn as text: \(Self.words(error))")
            return charts.map { chart in
                let lines = TerminalDrawing(Self.drawing).lines(chart)
                return .drawing(lines.joined(separator: "\n"), title: title(chart))
            }
        }
    }

    private static func words(_ error: any Error) -> String {
        guard case ChartFault.noRenderer(_, let tried) = error else { return "\(error)" }
        return
            "pictures need the Python package vl-convert-python, which \(tried.joined(separator: ", ")) \(tried.count == 1 ? "lacks" : "lack"). "
            + "Install it with `scripts/deps charts` or `pip install vl-convert-python`, or name a Python that has it in TICKBOOK_CHARTS_PYTHON."
    }

    private func pictures(_ charts: [Chart]) throws -> [ReportResult] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tickbook-report-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let paths = charts.indices.map { folder.appendingPathComponent("\($0).svg").path }
        try renderer.render(
            zip(charts, paths).map { ChartRenderer.Job(chart: $0, format: .svg, path: $1) }, for: "the report's charts")
        return try zip(charts, paths).map { chart, path in
            .picture(svg: try String(contentsOfFile: path, encoding: .utf8), title: title(chart))
        }
    }

    private func title(_ chart: Chart) -> String { chart.title ?? "Chart of \(chart.y.name) over \(chart.x.name)" }
}
