/// One bar: prices in cents, volume in shares.
struct PriceBar: Hashable {
    var open: Int64
    var high: Int64
    var low: Int64
    var close: Int64
    var volume: Int64
}

/// The bars of one symbol: each opens near the close before and moves by a bell-shaped share of its price.
struct PriceWalk {
    private var numbers: RandomNumbers
    /// In ten-thousandths, so that small moves of small prices aren't rounded away.
    private var price: Int64
    private let deviation: Int64
    private static let unitsPerCent: Int64 = 100
    private static let million: Int64 = 1_000_000
    /// Between 1 and 10,000 in whole prices.
    private static let bounds: ClosedRange<Int64> = 10_000...100_000_000

    /// `deviation` is that of a bar's return, in millionths.
    init(numbers: RandomNumbers, deviation: Int64) {
        self.numbers = numbers
        self.deviation = deviation
        price = 10_000 * (20 + self.numbers.below(180))
    }

    mutating func next() -> PriceBar {
        let open = moved(price, by: numbers.bell(deviation: deviation / 4))
        let close = moved(open, by: numbers.bell(deviation: deviation))
        let high = moved(max(open, close), by: abs(numbers.bell(deviation: deviation / 2)))
        let low = moved(min(open, close), by: -abs(numbers.bell(deviation: deviation / 2)))
        price = close
        return PriceBar(
            open: cents(open), high: cents(high), low: cents(low), close: cents(close), volume: 100 * (1_000 + numbers.below(99_000)))
    }

    private func moved(_ price: Int64, by millionths: Int64) -> Int64 {
        let moved = price + price * millionths / Self.million
        return min(max(moved, Self.bounds.lowerBound), Self.bounds.upperBound)
    }

    /// Rounding keeps the order of prices, so high stays the highest.
    private func cents(_ price: Int64) -> Int64 { (price + Self.unitsPerCent / 2) / Self.unitsPerCent }
}
