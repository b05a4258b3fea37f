import Columnar

/// Why rows cannot be drawn, or a chart cannot be written.
package enum ChartFault: Error, Hashable {
    /// More lines or colours than can be told apart.
    case tooManySeries(chart: String, column: String, examples: [String], limit: Int)
    /// Two rows for one place of a line.
    case severalRows(chart: String, of: String, at: String, columns: [String])
    case severalEntities(chart: String, column: String, examples: [String])
    case fileAmongTables(path: String)
    case otherFile(path: String)
    case unwritableFile(path: String, reason: String)
    case noRenderer(path: String, tried: [String])
    case renderer(path: String, reason: String)
}

extension ChartFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooManySeries(let chart, let column, let examples, let limit):
            "\(chart) would have more than \(limit) colours, which nobody can tell apart. "
                + "Choose some before it: | where(\(column) in [\(examples.map(\.debugDescription).joined(separator: ", "))])"
        case .severalRows(let chart, let name, let place, let columns):
            "\(chart) finds several rows at \(place)\(name.isEmpty ? "" : " of \(name)"), and a line has one value there. "
                + (columns.isEmpty
                    ? "Tell them apart with color = …, choose some with where(…), or draw their summarize(…)."
                    : "Choose some with where(…), or draw their summarize(…).")
        case .severalEntities(let chart, let column, let examples):
            "\(chart) draws one \(column), and the rows hold \(examples.joined(separator: ", ")). "
                + "Choose one before it: | where(\(column) == \((examples.first ?? "").debugDescription))"
        case .fileAmongTables(let path):
            "'\(path)' lies among stored tables and models; write the chart elsewhere, such as charts/close.svg."
        case .otherFile(let path):
            "'\(path)' is there and is no chart of ours, so it is left as it is. Move it away, or choose another name."
        case .unwritableFile(let path, let reason): "'\(path)' cannot be written: \(reason)."
        case .noRenderer(let path, let tried):
            "'\(path)' is written by the Python package vl-convert-python, which \(tried.joined(separator: ", ")) \(tried.count == 1 ? "lacks" : "lack"). "
                + "Install it with `scripts/deps charts` or `pip install vl-convert-python`, or name a Python that has it in TICKBOOK_CHARTS_PYTHON; "
                + "a name that ends in .json needs none."
        case .renderer(let path, let reason): "'\(path)' could not be drawn: \(reason)"
        }
    }
}
