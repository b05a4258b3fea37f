/// Combines the rows of each window of a fixed length in a fixed order, in about `2 · log2(length)` operations a row.
///
/// Spans of 2, 4, 8 … rows are combined from two spans of half the length, so a window's result depends on its own rows
/// only, and its order of operations on the length only.
struct Doubling<Element: SeriesElement> {
    let length: Int
    private var even = Scratch<Element>()
    private var odd = Scratch<Element>()

    init(length: Int) { self.length = length }

    /// Every row once, newest spans first: for sums. `values[1 − length ..< count]` is read.
    @inline(__always)
    mutating func combineOnce(
        _ values: UnsafePointer<Element>, _ count: Int, into results: UnsafeMutablePointer<Element>,
        _ combine: (Element, Element) -> Element
    ) {
        reserve(count)
        var covered = 0
        forEachSpan(values, count, combine) { span, combined in
            guard length & span != 0 else { return }
            let source = combined + (length - 1 - covered)
            if covered == 0 {
                results.update(from: source, count: count)
            } else {
                for row in 0..<count { results[row] = combine(results[row], source[row]) }
            }
            covered += span
        }
    }

    /// Rows may count twice, which saves steps: for minima and maxima.
    @inline(__always)
    mutating func combineOverlapping(
        _ values: UnsafePointer<Element>, _ count: Int, into results: UnsafeMutablePointer<Element>,
        _ combine: (Element, Element) -> Element
    ) {
        reserve(count)
        forEachSpan(values, count, combine) { span, combined in
            guard span * 2 > length else { return }
            let newest = combined + (length - 1)
            let oldest = combined + (span - 1)
            for row in 0..<count { results[row] = combine(newest[row], oldest[row]) }
        }
    }

    /// Calls `body` for spans 1, 2, 4 … up to the length; `combined[i]` holds the span that ends at row `i + 1 − length`.
    @inline(__always)
    private func forEachSpan(
        _ values: UnsafePointer<Element>, _ count: Int, _ combine: (Element, Element) -> Element,
        _ body: (_ span: Int, _ combined: UnsafePointer<Element>) -> Void
    ) {
        let total = count + length - 1
        var source = values - (length - 1)
        var target = even.pointer
        var span = 1
        body(span, source)
        while span * 2 <= length {
            let earlier = source - span
            for row in (span * 2 - 1)..<total { target[row] = combine(source[row], earlier[row]) }
            source = UnsafePointer(target)
            target = target == even.pointer ? odd.pointer : even.pointer
            span *= 2
            body(span, source)
        }
    }

    private mutating func reserve(_ count: Int) {
        if length > 1 { even.reserve(count + length - 1) }
        if length > 3 { odd.reserve(count + length - 1) }
    }
}
