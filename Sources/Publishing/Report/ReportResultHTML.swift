import Foundation

/// One result of a cell as HTML.
enum ReportResultHTML {
    static func html(_ result: ReportResult) -> String {
        switch result {
        case .caption(let caption):
            caption.statement.map { "<p class=\"statement\"><code>\(CodeHighlighting.html($0))</code></p>" } ?? ""
        case .table(let table): html(table)
        case .model(let model): html(model)
        case .rows(let rows): html(rows)
        // As data and not inline: ids within one drawing would be taken for those of another.
        case .picture(let svg, let title):
            "<figure class=\"chart\"><img alt=\"\(title.htmlEscaped)\" src=\"data:image/svg+xml;base64,"
                + Data(svg.utf8).base64EncodedString() + "\"></figure>"
        case .drawing(let text, let title):
            "<pre class=\"drawing\" role=\"img\" aria-label=\"\(title.htmlEscaped)\">\(text.htmlEscaped)</pre>"
        case .note(let text): "<p class=\"note\">\(text.htmlEscaped)</p>"
        case .fault(let message): "<pre class=\"fault\">\(message.htmlEscaped)</pre>"
        }
    }

    private static func html(_ table: ReportTable) -> String {
        let columns = table.columns.map { "<li><code>\($0.name.htmlEscaped)</code> <i>\($0.type.htmlEscaped)</i></li>" }.joined()
        let key = table.key.map { "<p>Key: <code>\($0.htmlEscaped)</code></p>" } ?? ""
        return """
            <div class="outcome">\(heading(table.name, "v\(table.version)"))
            \(chips(table.facts))
            \(reads(table.inputs))
            <details><summary>\(table.columns.count) column\(table.columns.count == 1 ? "" : "s")</summary>\(key)<ul class="columns">\(columns)</ul></details>
            </div>
            """
    }

    private static func html(_ model: ReportModel) -> String {
        let hasTest = model.measures.contains { $0.test != nil }
        let rows = model.measures.map { measure in
            "<tr><th scope=\"row\">\(measure.name.htmlEscaped)</th><td class=\"number\">\(measure.train.htmlEscaped)</td>"
                + (hasTest ? "<td class=\"number\">\((measure.test ?? "–").htmlEscaped)</td>" : "") + "</tr>"
        }.joined(separator: "\n")
        let warnings = model.warnings.map { "<p class=\"warning\">\($0.htmlEscaped)</p>" }.joined()
        let features = model.features.map { "<code>\($0.htmlEscaped)</code>" }.joined(separator: ", ")
        return """
            <div class="outcome">\(heading(model.name, "v\(model.version)"))
            \(chips(model.facts))
            <p class="formula"><code>\(model.target.htmlEscaped)</code> <span>from</span> \(features)</p>
            <div class="scroll"><table class="measures"><thead><tr><td></td><th scope="col">training rows</th>\(hasTest ? "<th scope=\"col\">test rows</th>" : "")</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            \(warnings)\(reads(model.inputs))
            </div>
            """
    }

    private static func html(_ rows: ReportRows) -> String {
        let head = rows.columns.map { column in
            "<th scope=\"col\"\(column.isNumber ? " class=\"number\"" : "")>\(column.name.htmlEscaped)<i>\(column.type.htmlEscaped)</i></th>"
        }.joined()
        let lines = rows.rows.map { row in
            let cells = zip(rows.columns, row).map { column, cell in
                guard let cell else { return "<td class=\"null\(column.isNumber ? " number" : "")\">∅</td>" }
                return "<td\(column.isNumber ? " class=\"number\"" : "")>\(cell.htmlEscaped)</td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }.joined(separator: "\n")
        let count =
            rows.count == rows.rows.count
            ? counted(rows.count)
            : "\(counted(rows.count)): the first \(rows.rows.count) shown, \(counted(rows.count - rows.rows.count)) left out"
        return """
            <div class="scroll"><table class="rows"><thead><tr>\(head)</tr></thead><tbody>
            \(lines)
            </tbody></table></div>
            <p class="count">\(count)</p>
            """
    }

    private static func counted(_ rows: Int) -> String {
        rows.formatted(.number.locale(Locale(identifier: "en_US"))) + (rows == 1 ? " row" : " rows")
    }

    private static func heading(_ name: String, _ version: String) -> String {
        "<h3><code>\(name.htmlEscaped)</code><span class=\"version\">\(version)</span></h3>"
    }

    private static func chips(_ facts: [String]) -> String {
        facts.isEmpty ? "" : "<p class=\"chips\">\(facts.map { "<span class=\"chip\">\($0.htmlEscaped)</span>" }.joined())</p>"
    }

    private static func reads(_ inputs: [(name: String, version: Int)]) -> String {
        guard !inputs.isEmpty else { return "" }
        let names = inputs.map { "<code>\($0.name.htmlEscaped)</code> <span class=\"version\">v\($0.version)</span>" }
        return "<p class=\"reads\">read \(names.joined(separator: ", "))</p>"
    }
}
