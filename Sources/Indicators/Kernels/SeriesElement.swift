import Columnar

/// A value type the window kernels compute with.
protocol SeriesElement: BitwiseCopyable, Comparable {
    static var zero: Self { get }
    static var lowest: Self { get }
    static var highest: Self { get }
    var isFinite: Bool { get }
    static func allFinite(_ values: UnsafePointer<Self>, _ count: Int) -> Bool
}

extension Int64: SeriesElement {
    static var lowest: Int64 { .min }
    static var highest: Int64 { .max }
    var isFinite: Bool { true }
    static func allFinite(_ values: UnsafePointer<Int64>, _ count: Int) -> Bool { true }
}

extension Double: SeriesElement {
    static var zero: Double { 0 }
    static var lowest: Double { -.infinity }
    static var highest: Double { .infinity }

    static func allFinite(_ values: UnsafePointer<Double>, _ count: Int) -> Bool {
        // A finite value times 0 is 0, infinity and NaN give NaN, and NaN stays in the sum.
        var marks = SIMD8<Double>.zero
        var row = 0
        while row &+ 8 <= count {
            marks += UnsafeRawPointer(values + row).loadUnaligned(as: SIMD8<Double>.self) * 0
            row &+= 8
        }
        var mark = marks.sum()
        while row < count {
            mark += values[row] * 0
            row &+= 1
        }
        return mark == 0
    }
}
