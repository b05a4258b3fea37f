import Foundation

/// Where numbers of a domain lie between 0 and 1, and the round numbers to mark.
struct LinearScale {
    let lower: Double
    let upper: Double

    /// A domain that holds all values with a little room; one that is a single number gets room around it.
    init?(_ values: some Sequence<Double>, room: Double = 0) {
        var lower = Double.infinity
        var upper = -Double.infinity
        for value in values where value.isFinite {
            lower = min(lower, value)
            upper = max(upper, value)
        }
        guard lower <= upper else { return nil }
        self.init(lower: lower, upper: upper, room: room)
    }

    init(lower: Double, upper: Double, room: Double = 0) {
        let span = upper - lower
        let margin = span > 0 ? span * room : max(abs(upper) * 0.05, 0.5)
        self.lower = (lower - margin).isFinite ? lower - margin : lower
        self.upper = (upper + margin).isFinite ? upper + margin : upper
    }

    /// Halves, since the domain may be wider than the largest double.
    func position(_ value: Double) -> Double { (value / 2 - lower / 2) / (upper / 2 - lower / 2) }

    /// The cell of `count` that a value falls in.
    func cell(_ value: Double, of count: Int) -> Int { min(count - 1, max(0, Int((position(value) * Double(count)).rounded(.down)))) }

    /// Multiples of 1, 2, 2.5 or 5 times a power of ten within the domain, at most `limit`.
    func ticks(atMost limit: Int) -> [Double] {
        guard limit > 0 else { return [] }
        let rough = (upper / Double(limit) - lower / Double(limit))
        guard rough > 0, rough.isFinite else { return [] }
        let power = pow(10, floor(log10(rough)))
        let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999_999 } ?? power * 10
        let first = (lower / step).rounded(.up)
        let last = (upper / step).rounded(.down)
        guard step > 0, first.isFinite, last.isFinite, last - first <= Double(limit + 1) else { return [] }
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }
}

/// Numbers beside an axis.
enum AxisNumber {
    /// All with the same unit and as many decimals as tell them apart.
    static func texts(_ numbers: [Double]) -> [String] {
        let largest = numbers.map(abs).max() ?? 0
        if largest >= 1e15 || (largest > 0 && largest < 1e-4) { return numbers.map { String(format: "%.3g", $0) } }
        let (unit, suffix): (Double, String) =
            largest >= 1e12 ? (1e12, "T") : largest >= 1e9 ? (1e9, "B") : largest >= 1e6 ? (1e6, "M") : (1, "")
        let scaled = numbers.map { $0 / unit }
        let decimals = (0...9).first { decimals in scaled.allSatisfy { isExact($0, decimals) } } ?? 9
        return scaled.map { grouped(String(format: "%.\(decimals)f", $0 == 0 ? 0 : $0)) + suffix }
    }

    private static func isExact(_ number: Double, _ decimals: Int) -> Bool {
        let scaled = number * pow(10, Double(decimals))
        return abs(scaled - scaled.rounded()) < 1e-6 * max(1, abs(scaled))
    }

    static func grouped(_ text: String) -> String {
        let parts = text.split(separator: ".", maxSplits: 1)
        let digits = parts[0].drop { $0 == "-" }
        var groups = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { groups.append(",") }
            groups.append(digit)
        }
        return (text.hasPrefix("-") ? "-" : "") + groups + (parts.count > 1 ? "." + parts[1] : "")
    }
}
