/// How a recursive average weighs a new value, and how many values its seed is the simple average of.
struct Smoothing {
    let length: Int64
    let weight: Double

    /// Of the exponential average: `2 / (n + 1)`.
    static func exponential(_ length: Int) -> Smoothing { Smoothing(length: Int64(length), weight: 2 / Double(length + 1)) }

    /// Wilder's: `1 / n`.
    static func wilder(_ length: Int) -> Smoothing { Smoothing(length: Int64(length), weight: 1 / Double(length)) }
}

/// A recursive average, as a part of a state.
struct SmoothedAverage: BitwiseCopyable {
    /// Values seen, as far as they count for the seed.
    var seen: Int64 = 0
    /// The sum of the values that make the seed, and from then on the average.
    var value = 0.0

    /// The average with `number` taken up; NaN before the seed is complete.
    @inline(__always)
    mutating func next(_ number: Double, _ smoothing: Smoothing) -> Double {
        if seen >= smoothing.length {
            value += (number - value) * smoothing.weight
            return value
        }
        seen &+= 1
        value += number
        guard seen == smoothing.length else { return .nan }
        value /= Double(smoothing.length)
        return value
    }

    /// As `next`, passing over a NaN of an average that is not seeded yet.
    @inline(__always)
    mutating func nextUnlessMissing(_ number: Double, _ smoothing: Smoothing) -> Double {
        number.isNaN ? .nan : next(number, smoothing)
    }
}
