package import Columnar
import Language

/// Why rows cannot be drawn, or a chart cannot be written.
package enum ChartFault: Error, Hashable {
    /// More lines or colours than can be told apart.
    case tooManySeries(chart: String, split: [String], examples: [[Value]], limit: Int)
    /// Two rows for one place of a line.
    case severalRows(chart: String, of: String, at: String, columns: [String])
    case severalEntities(chart: String, split: [String], examples: [[Value]])
    case fileAmongTables(path: String)
    case otherFile(path: String)
    case unwritableFile(path: String, reason: String)
    case noRenderer(path: String, tried: [String])
    case renderer(path: String, reason: String)
}

extension ChartFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooManySeries(let chart, let split, let examples, let limit):
            "\(chart) would have more than \(limit) colours, which nobody can tell apart. "
                + (Choice.of(split, examples).map { "Choose some before it: | where(\($0))" } ?? "Name \(limit) columns at most.")
        case .severalRows(let chart, let name, let place, let columns):
            "\(chart) finds several rows at \(place)\(name.isEmpty ? "" : " of \(name)"), and a line has one value there. "
                + (columns.isEmpty
                    ? "Tell them apart with color = …, choose some with where(…), or draw their summarize(…)."
                    : "Choose some with where(…), or draw their summarize(…).")
        case .severalEntities(let chart, let split, let examples):
            "\(chart) draws one \(split.joined(separator: ", ")), and the rows hold "
                + "\((examples.map(\.seriesName) + ["…"]).joined(separator: ", ")). "
                + (Choice.of(split, Array(examples.prefix(1))).map { "Choose one before it: | where(\($0))" } ?? "")
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

/// The condition that chooses some of a chart's series, as it can be typed.
private enum Choice {
    static func of(_ columns: [String], _ series: [[Value]]) -> String? {
        guard let first = series.first, first.count == columns.count, !columns.isEmpty else { return nil }
        let names = columns.map { Name($0, SourceSpan(0, 0)).code }
        let values = series.map { $0[0] }
        guard columns.count == 1, series.count > 1, values.allSatisfy({ !$0.isNull }) else {
            return zip(names, first).map(condition).joined(separator: ", ")
        }
        return "\(names[0]) in [\(values.map(\.code).joined(separator: ", "))]"
    }

    private static func condition(_ name: String, _ value: Value) -> String {
        value.isNull ? "is_null(\(name))" : "\(name) == \(value.code)"
    }
}
