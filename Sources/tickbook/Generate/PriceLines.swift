/// Writes bars as lines of a CSV file, in a buffer of bytes.
struct PriceLines {
    static let header = "Ticker,Date,Open,High,Low,Close,Volume,Adj Close\n"
    private(set) var bytes: [UInt8] = []

    mutating func empty() { bytes.removeAll(keepingCapacity: true) }

    mutating func append(header: Void) { bytes += Self.header.utf8 }

    /// With `missing`, the value at this place, of open, high, low, close and volume, is left empty.
    mutating func append(symbol: [UInt8], time: [UInt8], _ bar: PriceBar, missing: Int? = nil) {
        bytes += symbol
        bytes.append(Self.comma)
        bytes += time
        let prices = (bar.open, bar.high, bar.low, bar.close)
        append(price: prices.0, unless: missing == 0)
        append(price: prices.1, unless: missing == 1)
        append(price: prices.2, unless: missing == 2)
        append(price: prices.3, unless: missing == 3)
        bytes.append(Self.comma)
        if missing != 4 { append(number: bar.volume) }
        append(price: bar.close, unless: false)
        bytes.append(UInt8(ascii: "\n"))
    }

    mutating func append(_ line: [UInt8]) { bytes += line }

    private static let comma = UInt8(ascii: ",")

    private mutating func append(price cents: Int64, unless isMissing: Bool) {
        bytes.append(Self.comma)
        if isMissing { return }
        if cents < 0 { bytes.append(UInt8(ascii: "-")) }
        let cents = abs(cents)
        append(number: cents / 100)
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(48 + cents % 100 / 10))
        bytes.append(UInt8(48 + cents % 10))
    }

    private mutating func append(number: Int64) {
        let start = bytes.count
        var rest = number
        repeat {
            bytes.append(UInt8(48 + rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }
}
