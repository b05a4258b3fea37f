package import Language

/// Why a notebook cannot be given another form.
package enum ConversionFault: Error, Sendable, Hashable {
    /// The Markdown file is no notebook that can be read.
    case mistakes([Diagnostic])
    case notJupyter(reason: String)
    case unsupportedFormat(major: Int64)
    /// Written as Markdown, the cell would be read as something else.
    case ambiguousCell(number: Int, reason: String)
}

extension ConversionFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .mistakes(let diagnostics): "the notebook has \(diagnostics.count) mistakes"
        case .notJupyter(let reason): "This is not a Jupyter notebook: \(reason). Save it anew in Jupyter, or restore the file."
        case .unsupportedFormat(let major):
            "The file has Jupyter's format \(major), and Tickbook reads format 4. Open it in a current Jupyter and save it, "
                + "or run: jupyter nbconvert --to notebook --nbformat 4 FILE"
        case .ambiguousCell(let number, let reason): "Cell \(number) cannot be written as Markdown: \(reason)."
        }
    }
}
