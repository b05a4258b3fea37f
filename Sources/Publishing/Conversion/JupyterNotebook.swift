import Foundation

/// A Jupyter file. Source: nbformat 4.5, "The Notebook file format".
package struct JupyterNotebook: Sendable, Hashable {
    package struct Cell: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable { case markdown, code, raw }

        package var kind: Kind
        package var source: String
        /// Nil in files before nbformat 4.5.
        package var id: String?
        package var metadata: [String: NotebookJSON] = [:]
        package var outputCount = 0
        package var attachmentCount = 0
    }

    package var cells: [Cell]
    package var metadata: [String: NotebookJSON]

    /// The name under which Tickbook keeps what a Jupyter file has no place for, in the metadata of notebook and cells.
    static let ownMetadata = "tickbook"

    package init(cells: [Cell], metadata: [String: NotebookJSON]) {
        self.cells = cells
        self.metadata = metadata
    }
}

extension JupyterNotebook {
    package init(json text: String) throws(ConversionFault) {
        let json = try Self.decoded(text)
        guard json.members != nil else { throw .notJupyter(reason: "it holds no JSON object") }
        guard let major = json["nbformat"]?.int else { throw .notJupyter(reason: "it has no \"nbformat\"") }
        guard major == 4 else { throw .unsupportedFormat(major: major) }
        guard let cells = json["cells"]?.elements else { throw .notJupyter(reason: "it has no list \"cells\"") }
        metadata = json["metadata"]?.members ?? [:]
        self.cells = []
        for (index, cell) in cells.enumerated() { self.cells.append(try Self.cell(cell, number: index + 1)) }
    }

    private static func decoded(_ text: String) throws(ConversionFault) -> NotebookJSON {
        do {
            return try JSONDecoder().decode(NotebookJSON.self, from: Data(text.utf8))
        } catch {
            var reason = "it is no JSON"
            if case DecodingError.dataCorrupted(let context) = error, let cause = context.underlyingError as NSError?,
                let words = cause.userInfo[NSDebugDescriptionErrorKey] as? String
            {
                reason += ": \(words.trimmingCharacters(in: CharacterSet(charactersIn: ".")))"
            }
            throw .notJupyter(reason: reason)
        }
    }

    private static func cell(_ json: NotebookJSON, number: Int) throws(ConversionFault) -> Cell {
        guard let kind = json["cell_type"]?.string.flatMap(Cell.Kind.init) else {
            throw .notJupyter(reason: "cell \(number) has no \"cell_type\" of \"code\", \"markdown\" or \"raw\"")
        }
        guard let source = json["source"]?.text else { throw .notJupyter(reason: "cell \(number) has no text as \"source\"") }
        return Cell(
            kind: kind, source: source, id: json["id"]?.string, metadata: json["metadata"]?.members ?? [:],
            outputCount: json["outputs"]?.elements?.count ?? 0, attachmentCount: json["attachments"]?.members?.count ?? 0)
    }

    /// The language of the code, where the file says it.
    package var language: String? { (metadata["language_info"]?["name"] ?? metadata["kernelspec"]?["language"])?.string }

    /// The file's text; every cell has an id.
    package var fileText: String {
        let cells = cells.map { cell in
            var members: [String: NotebookJSON] = [
                "cell_type": .string(cell.kind.rawValue), "metadata": .object(cell.metadata), "source": Self.lines(cell.source),
            ]
            if let id = cell.id { members["id"] = .string(id) }
            if cell.kind == .code { (members["outputs"], members["execution_count"]) = (.array([]), .null) }
            return NotebookJSON.object(members)
        }
        return NotebookJSON.object(
            ["cells": .array(cells), "metadata": .object(metadata), "nbformat": .int(4), "nbformat_minor": .int(5)]
        ).fileText
    }

    /// The text as a list of lines with their ends, which makes a difference of two files readable.
    private static func lines(_ text: String) -> NotebookJSON {
        let pieces = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String(Substring($0)) }
        let ended = pieces.dropLast().map { $0 + "\n" } + (pieces.last!.isEmpty ? [] : [pieces.last!])
        return .array(ended.map(NotebookJSON.string))
    }
}
