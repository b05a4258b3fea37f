import CRows
import Columnar

/// A value type the window kernels compute with.
///
/// The functions of windows read the `length − 1` values before `values` too, and use `memory` of 2 columns.
protocol SeriesElement: BitwiseCopyable, Comparable {
    static var zero: Self { get }
    static var lowest: Self { get }
    static var highest: Self { get }
    var isFinite: Bool { get }
    static func allFinite(_ values: UnsafePointer<Self>, _ count: Int) -> Bool

    typealias WindowLoop = (
        _ values: UnsafePointer<Self>?, _ count: Int, _ length: Int, _ memory: UnsafeMutablePointer<Self>?,
        _ results: UnsafeMutablePointer<Self>?
    ) -> Void
    /// Sums of ints that don't fit wrap.
    static var windowTotals: WindowLoop { get }
    static var windowMaxima: WindowLoop { get }
    static var windowMinima: WindowLoop { get }
}

extension Int64: SeriesElement {
    static var lowest: Int64 { .min }
    static var highest: Int64 { .max }
    var isFinite: Bool { true }
    static func allFinite(_ values: UnsafePointer<Int64>, _ count: Int) -> Bool { true }
    static var windowTotals: WindowLoop { rows_int_window_totals }
    static var windowMaxima: WindowLoop { rows_int_window_maxima }
    static var windowMinima: WindowLoop { rows_int_window_minima }
}

extension Double: SeriesElement {
    static var zero: Double { 0 }
    static var lowest: Double { -.infinity }
    static var highest: Double { .infinity }
    static func allFinite(_ values: UnsafePointer<Double>, _ count: Int) -> Bool { rows_all_finite(values, count) }
    static var windowTotals: WindowLoop { rows_window_totals }
    static var windowMaxima: WindowLoop { rows_window_maxima }
    static var windowMinima: WindowLoop { rows_window_minima }
}
