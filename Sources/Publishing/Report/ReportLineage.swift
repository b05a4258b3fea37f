import Language

/// The last part of a report: which versions were read and which were written.
struct ReportLineage {
    private struct Entry {
        let name: String
        let version: Int?
        let state: String
        let inputs: [(name: String, version: Int)]
        let files: [String]
    }

    private let entries: [Entry]

    init(_ report: NotebookReport) {
        entries = zip(report.notebook.cells, report.cells).flatMap { cell, made in
            made.results.compactMap { Self.entry($0, cell: cell.name) }
        }
    }

    private static func entry(_ result: ReportResult, cell: String) -> Entry? {
        switch result {
        case .table(let table):
            Entry(
                name: table.name, version: table.version, state: table.isNew ? "written" : "kept", inputs: table.inputs, files: table.files)
        case .model(let model):
            Entry(
                name: model.name, version: model.version, state: model.isNew ? "written" : "kept", inputs: model.inputs, files: model.files)
        case .caption(let caption):
            Entry(name: "\(caption.kind) of \(cell)", version: nil, state: "shown", inputs: caption.inputs, files: caption.files)
        case .rows, .picture, .drawing, .note, .fault: nil
        }
    }

    var html: String {
        guard !entries.isEmpty else { return "" }
        return """
            <section class="lineage"><h2>Versions read and written</h2>
            <div class="scroll"><table><thead><tr><th scope="col">result</th><th scope="col">version</th><th scope="col">in this report</th><th scope="col">made from</th></tr></thead>
            <tbody>\(entries.map(Self.row).joined(separator: "\n"))</tbody></table></div></section>
            """
    }

    private static func row(_ entry: Entry) -> String {
        let name = entry.version == nil ? entry.name.htmlEscaped : "<code>\(entry.name.htmlEscaped)</code>"
        return "<tr><td>\(name)</td><td>\(entry.version.map { "v\($0)" } ?? "–")</td><td>\(entry.state)</td><td>\(sources(entry))</td></tr>"
    }

    private static func sources(_ entry: Entry) -> String {
        let tables = entry.inputs.map { "<code>\($0.name.htmlEscaped)</code> v\($0.version)" }
        let files = entry.files.map { "files <code>\($0.htmlEscaped)</code>" }
        return (tables + files).joined(separator: ", ")
    }
}
