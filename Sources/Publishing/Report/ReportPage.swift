import Language

/// A report as one HTML file that loads nothing and runs nothing.
package struct ReportPage {
    /// How every report's file begins, so that a later report may take its place.
    package static let beginning = "<!DOCTYPE html>\n<!-- Tickbook report -->\n"

    private let report: NotebookReport
    private let prose: RenderedProse

    /// `picture` gives the pictures of the prose as `data:` addresses; nil leaves one out.
    package init(_ report: NotebookReport, picture: (String) -> String?) {
        self.report = report
        prose = RenderedProse(report.notebook, picture: picture)
    }

    package var html: String {
        """
        \(Self.beginning)<html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta name="generator" content="\(report.program.htmlEscaped)">
        <title>\(title.htmlEscaped)</title>
        <style>\(ReportStyle.sheet)</style>
        </head>
        <body>
        <main>
        \(masthead)
        \(body)
        \(ReportLineage(report).html)
        <footer>\(report.program.htmlEscaped) · \(report.path.htmlEscaped)</footer>
        </main>
        </body>
        </html>

        """
    }

    private var title: String { report.notebook.title ?? report.path }

    private var masthead: String {
        let badge = "<span class=\"badge \(report.outcome.rawValue)\">\(report.outcome.words)</span>"
        let parameters = report.parameters.map {
            "<span class=\"chip\"><b>\($0.name.htmlEscaped)</b> \($0.value.htmlEscaped)</span>"
        }.joined()
        return """
            <header class="masthead">
            <p class="kicker">Tickbook report</p>
            <h1>\(title.htmlEscaped)</h1>
            <p class="facts">\(badge)<span>\(report.made.htmlEscaped)</span><span class="path">\(report.path.htmlEscaped)</span></p>
            \(parameters.isEmpty ? "" : "<p class=\"chips\">\(parameters)</p>")
            \(contents)
            </header>
            """
    }

    /// Links to the cells, each with its state's colour.
    private var contents: String {
        let links = zip(report.notebook.cells, report.cells).enumerated().map { index, pair in
            "<a href=\"#cell-\(index + 1)\" class=\"\(pair.1.state.rawValue)\">\(pair.0.name.htmlEscaped)</a>"
        }
        return links.count < 2 ? "" : "<nav>\(links.joined())</nav>"
    }

    private var body: String {
        prose.pieces.map { piece in
            switch piece {
            case .html(let html): "<div class=\"prose\">\(html)</div>"
            case .cell(let number): cell(number)
            }
        }.joined(separator: "\n")
    }

    private func cell(_ number: Int) -> String {
        let cell = report.notebook.cells[number]
        let made = report.cells[number]
        let bytes = Array(report.notebook.text.utf8)
        let code = String(decoding: bytes[cell.code.start..<cell.code.end], as: UTF8.self)
        let results = made.results.map(ReportResultHTML.html).joined(separator: "\n")
        return """
            <section class="cell \(made.state.rawValue)" id="cell-\(number + 1)">
            <div class="head"><span class="name">\(cell.name.htmlEscaped)</span>\(made.state.words.map { "<span class=\"state\">\($0)</span>" } ?? "")</div>
            <pre class="code"><code>\(CodeHighlighting.html(code))</code></pre>
            \(results.isEmpty ? "" : "<div class=\"results\">\(results)</div>")
            </section>
            """
    }
}

extension NotebookReport.Outcome {
    var words: String {
        switch self {
        case .done: "done"
        case .failed: "a cell failed"
        case .interrupted: "interrupted"
        case .notRun: "as it stands, not run"
        }
    }
}

extension ReportCell.State {
    var words: String? {
        switch self {
        case .made: "made in this run"
        case .upToDate: "up to date"
        case .failed: "failed"
        case .notRun: "not run"
        case .stale: "not up to date"
        case .plain: nil
        }
    }
}
