/// A number of the JSON grammar at the start of some bytes.
struct JSONNumber {
    private static let powersOfTen: [Double] = (0...22).reduce(into: []) { $0.append($1 == 0 ? 1 : $0[$1 - 1] * 10) }

    /// The nearest double; infinite when the number is too large for one.
    let value: Double
    let byteCount: Int

    /// nil when `bytes` from `start` does not begin with a number.
    @inline(__always)
    init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        var scan = DigitScan(bytes: bytes, position: start)
        let isNegative = scan.skip(UInt8(ascii: "-"))
        guard scan.scanWhole() else { return nil }
        if scan.skip(UInt8(ascii: ".")), !scan.scanFraction() { return nil }
        guard scan.scanExponent() else { return nil }
        byteCount = scan.position - start
        if scan.isExact, abs(scan.exponent) <= 22 {
            // Both are exact doubles, so one operation rounds once, to the nearest double.
            let digits = Double(scan.digits)
            let power = Self.powersOfTen[abs(scan.exponent)]
            let size = scan.exponent < 0 ? digits / power : digits * power
            value = isNegative ? -size : size
        } else {
            let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<scan.position]), as: UTF8.self)
            value = Double(text) ?? (isNegative ? -Double.infinity : .infinity)
        }
    }
}

/// Reads digits into one whole number and a power of ten.
private struct DigitScan {
    let bytes: UnsafeBufferPointer<UInt8>
    var position: Int
    private(set) var digits: UInt64 = 0
    private(set) var exponent = 0
    /// False once the digits no longer fit in the 53 bits of a double.
    private(set) var isExact = true

    init(bytes: UnsafeBufferPointer<UInt8>, position: Int) {
        self.bytes = bytes
        self.position = position
    }

    @inline(__always)
    mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// One zero, or digits that do not begin with zero.
    mutating func scanWhole() -> Bool {
        if skip(UInt8(ascii: "0")) { return true }
        return scanDigits(shiftingBy: 0)
    }

    mutating func scanFraction() -> Bool { scanDigits(shiftingBy: -1) }

    private mutating func scanDigits(shiftingBy shift: Int) -> Bool {
        let start = position
        while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
            if digits < 900_719_925_474_099 { digits = digits * 10 + UInt64(digit) } else { isExact = false }
            exponent += shift
            position += 1
        }
        return position > start
    }

    mutating func scanExponent() -> Bool {
        guard skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) else { return true }
        let isNegative = skip(UInt8(ascii: "-"))
        if !isNegative { _ = skip(UInt8(ascii: "+")) }
        let start = position
        var written = 0
        while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
            if written < 100_000 { written = written * 10 + Int(digit) }
            position += 1
        }
        exponent += isNegative ? -written : written
        return position > start
    }
}
