/// A range of UTF-8 offsets in a notebook's whole text, so that one number finds the line whatever the cell.
package struct SourceSpan: Sendable, Hashable {
    package let start: Int
    package let end: Int

    package init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// The span from the start of this one to the end of `other`.
    package func joined(to other: SourceSpan) -> SourceSpan { SourceSpan(start, other.end) }
}
