import Foundation

/// The metadata of a whole Jupyter notebook within a Markdown notebook's front matter: a line `jupyter: {…}`.
enum JupyterFrontMatter {
    private static let prefix = "jupyter: "

    /// What a notebook of Tickbook's says to Jupyter.
    static let tickbook: [String: NotebookJSON] = [
        "kernelspec": .object(["name": .string("tickbook"), "display_name": .string("Tickbook"), "language": .string("tickbook")]),
        "language_info": .object(["name": .string("tickbook"), "file_extension": .string(".md"), "mimetype": .string("text/x-tickbook")]),
    ]

    static func metadata(in frontMatter: String) -> [String: NotebookJSON] {
        for line in frontMatter.split(separator: "\n") where line.hasPrefix(prefix) {
            return (try? JSONDecoder().decode(NotebookJSON.self, from: Data(line.dropFirst(prefix.count).utf8)))?.members ?? [:]
        }
        return [:]
    }

    /// Front matter for a notebook that has none.
    static func made(for metadata: [String: NotebookJSON]) -> String {
        var lines = ["---", "tickbook: 1"]
        if let title = metadata["title"]?.string, !title.isEmpty { lines.append("title: " + title.replacing("\n", with: " ")) }
        return with(metadata, (lines + ["---"]).joined(separator: "\n"))
    }

    /// The front matter with a line for what `metadata` says beyond what every notebook of Tickbook's says.
    static func with(_ metadata: [String: NotebookJSON], _ frontMatter: String) -> String {
        var extra = metadata.filter { tickbook[$0.key] != $0.value }
        extra[JupyterNotebook.ownMetadata] = nil
        guard extra != self.metadata(in: frontMatter) else { return frontMatter }
        var lines = frontMatter.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).filter { !$0.hasPrefix(prefix) }
        if !extra.isEmpty { lines.insert(prefix + NotebookJSON.object(extra).lineText, at: max(1, lines.count - 1)) }
        return lines.joined(separator: "\n")
    }
}
