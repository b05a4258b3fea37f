import Language
import Testing

@testable import Publishing

/// Notebooks that began in Jupyter: what of them Markdown keeps, and what comes back.
@Suite struct ImportTests {
    private static let jupyter = #"""
        {"cells": [
          {"cell_type": "markdown", "id": "aa", "metadata": {}, "source": ["# Title\n", "\n", "Text --> more\n"]},
          {"cell_type": "markdown", "id": "bb", "metadata": {"tags": ["intro"]}, "source": "Second"},
          {"cell_type": "code", "id": "cc", "metadata": {"name": "load", "tags": ["x", "-->"], "collapsed": true}, "execution_count": 3,
           "outputs": [{"output_type": "stream", "name": "stdout", "text": "hi"}], "source": ["show prices\n", "\n", "# end"]},
          {"cell_type": "code", "id": "dd", "metadata": {}, "execution_count": null, "outputs": [], "source": ""},
          {"cell_type": "raw", "id": "ee", "metadata": {"raw_mimetype": "text/html"}, "source": "<b>raw</b>"},
          {"cell_type": "markdown", "id": "ff", "metadata": {}, "source": ""},
          {"cell_type": "code", "id": "gg", "metadata": {"name": "load"}, "execution_count": null, "outputs": [], "source": "```\nx"}
        ], "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "title": "From Jupyter"},
         "nbformat": 4, "nbformat_minor": 5}
        """#

    @Test func markdownHoldsAllThatItCan() throws {
        let made = try JupyterImport.markdown(JupyterNotebook(json: Self.jupyter))
        #expect(
            made.text == """
                ---
                tickbook: 1
                title: From Jupyter
                jupyter: {"kernelspec":{"display_name":"Python 3","language":"python","name":"python3"},"title":"From Jupyter"}
                ---
                <!-- ipynb {"cell_type":"markdown","id":"aa"} -->
                # Title

                Text --> more

                <!-- ipynb {"cell_type":"markdown","id":"bb","metadata":{"tags":["intro"]}} -->
                Second

                <!-- ipynb {"cell_type":"code","id":"cc","metadata":{"collapsed":true,"tags":["x","--\\u003e"]}} -->
                ```tick load
                show prices

                # end
                ```

                <!-- ipynb {"cell_type":"code","id":"dd"} -->
                ```tick
                ```

                <!-- ipynb {"cell_type":"raw","id":"ee","metadata":{"raw_mimetype":"text/html"}} -->
                <b>raw</b>

                <!-- ipynb {"cell_type":"markdown","id":"ff"} -->


                <!-- ipynb {"cell_type":"code","id":"gg","metadata":{"name":"load"}} -->
                ````tick
                ```
                x
                ````

                """)
        #expect(made.losses == ["the name 'load' of a second cell", "the outputs of 1 cell"])
    }

    @Test func cellsComeBackWithIdsTagsAndMetadata() throws {
        let first = try JupyterNotebook(json: Self.jupyter)
        let markdown = try JupyterImport.markdown(first).text
        let second = try JupyterExport.jupyter(path: "a.md", text: markdown)
        #expect(try JupyterImport.markdown(second).text == markdown)
        #expect(second.cells.dropFirst().map(\.id) == first.cells.map(\.id))
        #expect(second.cells.dropFirst().map(\.kind) == first.cells.map(\.kind))
        // The blank end of a Markdown cell is not kept.
        #expect(second.cells.dropFirst().dropFirst().map(\.source) == first.cells.dropFirst().map(\.source))
        for (later, earlier) in zip(second.cells.dropFirst(), first.cells) {
            var kept = later.metadata
            kept[JupyterNotebook.ownMetadata] = nil
            #expect(kept == earlier.metadata)
        }
        #expect(second.metadata["kernelspec"] == first.metadata["kernelspec"])
    }

    /// What someone does to a notebook in Jupyter arrives in Markdown, without a trace of Jupyter.
    @Test func editsInJupyterArrive() throws {
        let text = "---\ntickbook: 1\n---\n\n# Prose\n\n~~~tick a\nshow x\n~~~\n\n```tick b\nshow y\n```\n"
        var jupyter = try JupyterExport.jupyter(path: "a.md", text: text)
        jupyter.cells[2].source = "show x\n  | take(5)"
        jupyter.cells[3].metadata["name"] = .string("renamed")
        jupyter.cells.insert(JupyterNotebook.Cell(kind: .markdown, source: "More prose.", id: "8f2c"), at: 2)
        jupyter.cells.append(JupyterNotebook.Cell(kind: .code, source: "show z", id: "9d1e"))
        jupyter.metadata["kernelspec"] = .object(["name": .string("python3")])
        #expect(
            try JupyterImport.markdown(jupyter).text == """
                ---
                tickbook: 1
                ---

                # Prose

                More prose.

                ~~~tick a
                show x
                  | take(5)
                ~~~

                ```tick renamed
                show y
                ```

                ```tick
                show z
                ```

                """)
    }

    @Test(arguments: [
        ("", "This is not a Jupyter notebook: it is no JSON"),
        ("[1]", "it holds no JSON object"),
        ("{}", "it has no \"nbformat\""),
        (#"{"nbformat": 3, "worksheets": []}"#, "has Jupyter's format 3, and Tickbook reads format 4"),
        (#"{"nbformat": 4}"#, "it has no list \"cells\""),
        (#"{"nbformat": 4, "cells": [{"source": ""}]}"#, "cell 1 has no \"cell_type\""),
        (#"{"nbformat": 4, "cells": [{"cell_type": "code", "source": 1}]}"#, "cell 1 has no text as \"source\""),
        (
            #"{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "a"}, {"cell_type": "code", "source": "```tick x\n"}]}"#,
            "Cell 2 cannot be written as Markdown: line 1 of its code, ```tick x, begins another cell; take that line out"
        ),
        (
            #"{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "```\nopen"}, {"cell_type": "code", "source": "x"}]}"#,
            "Cell 1 cannot be written as Markdown: line 1 of its text, ```, opens a block that is never closed"
        ),
        (
            #"{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "a\n```tick b\nx\n```"}, {"cell_type": "code", "source": "x"}]}"#,
            "Cell 1 cannot be written as Markdown: line 2 of its text, ```tick b, begins a cell"
        ),
        (
            #"{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "a\n\n<!-- b"}, {"cell_type": "code", "source": "x"}]}"#,
            "Cell 1 cannot be written as Markdown: line 3 of its text, <!-- b, opens an HTML comment that is never closed"
        ),
    ])
    func whatCannotBeReadIsSaid(json: String, words: String) {
        let fault = #expect(throws: ConversionFault.self) { try JupyterImport.markdown(JupyterNotebook(json: json)) }
        #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
    }
}
