/// The last part of a report: which versions were read and which were written.
struct ReportLineage {
    private let entries: [(name: String, version: Int, isNew: Bool, inputs: [(name: String, version: Int)])]

    init(_ report: NotebookReport) {
        entries = report.cells.flatMap(\.results).compactMap { result in
            switch result {
            case .table(let table): (table.name, table.version, table.isNew, table.inputs)
            case .model(let model): (model.name, model.version, model.isNew, model.inputs)
            case .rows, .picture, .drawing, .note, .fault: nil
            }
        }
    }

    var html: String {
        guard !entries.isEmpty else { return "" }
        let rows = entries.map { entry in
            "<tr><td><code>\(entry.name.htmlEscaped)</code></td><td>v\(entry.version)</td>"
                + "<td>\(entry.isNew ? "written" : "kept")</td><td>\(inputs(entry.inputs))</td></tr>"
        }.joined(separator: "\n")
        return """
            <section class="lineage"><h2>Versions read and written</h2>
            <div class="scroll"><table><thead><tr><th scope="col">result</th><th scope="col">version</th><th scope="col">in this run</th><th scope="col">made from</th></tr></thead>
            <tbody>\(rows)</tbody></table></div></section>
            """
    }

    private func inputs(_ inputs: [(name: String, version: Int)]) -> String {
        if inputs.isEmpty { return "files" }
        return inputs.map { "<code>\($0.name.htmlEscaped)</code> v\($0.version)" }.joined(separator: ", ")
    }
}
