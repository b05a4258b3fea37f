extension Lexer {
    // MARK: - Numbers

    /// Reads everything that looks like one number, so that `1.2.3` and `7days` are each one mistake.
    mutating func readNumber() {
        let end = endOfNumber()
        let spelling = text(position, end)
        guard let isDouble = Lexer.isDouble(spelling) else {
            report(.invalidNumber(spelling), to: end)
            return emit(.int(0), to: end)
        }
        if isDouble, let value = Double(spelling), value.isFinite { return emit(.double(value), to: end) }
        if !isDouble, let value = Int64(spelling) { return emit(.int(value), to: end) }
        report(.numberTooLarge(spelling), to: end)
        emit(.int(0), to: end)
    }

    private func endOfNumber() -> Int {
        var end = position
        while true {
            let before = end
            end = endOfWord(from: end)
            if byte(at: end) == UInt8(ascii: ".") { end += 1 }
            let follows = end > before && (bytes[end - 1] | 0x20) == UInt8(ascii: "e")
            if follows, let sign = byte(at: end), sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+"), isDigit(at: end + 1) { end += 1 }
            if end == before { return end }
        }
    }

    /// Whether the spelling is a double's (true), an int's (false), or no number's (nil): `digits[.digits][e[±]digits]`.
    private static func isDouble(_ spelling: String) -> Bool? {
        var rest = Array(spelling.utf8)[...]
        func skipDigits() -> Bool {
            let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
            rest.removeFirst(count)
            return count > 0
        }
        guard skipDigits() else { return nil }
        if rest.isEmpty { return false }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard skipDigits() else { return nil }
        }
        if let exponent = rest.first, (exponent | 0x20) == UInt8(ascii: "e") {
            rest.removeFirst()
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest.removeFirst() }
            guard skipDigits() else { return nil }
        }
        return rest.isEmpty ? true : nil
    }

    // MARK: - Strings

    mutating func readString() {
        var value: [UInt8] = []
        var offset = position + 1
        while !isLineEnd(at: offset) {
            switch bytes[offset] {
            case UInt8(ascii: "\""): return emit(.string(String(decoding: value, as: UTF8.self)), to: offset + 1)
            case UInt8(ascii: "\\"): offset = readEscape(at: offset, into: &value)
            default:
                value.append(bytes[offset])
                offset += 1
            }
        }
        report(.unterminatedString, to: offset)
        emit(.invalid, to: offset)
    }

    /// Appends the escaped character and answers the offset behind it; an unknown escape is reported and left out.
    private mutating func readEscape(at start: Int, into value: inout [UInt8]) -> Int {
        guard !isLineEnd(at: start + 1), let (escaped, length) = scalar(at: start + 1) else { return start + 1 }
        switch escaped {
        case "\"", "\\": value.append(bytes[start + 1])
        case "n": value.append(UInt8(ascii: "\n"))
        case "t": value.append(UInt8(ascii: "\t"))
        case "u": return readScalarEscape(at: start, into: &value)
        default: reportEscape(start, start + 1 + length)
        }
        return start + 1 + length
    }

    /// Reads `\u{1F600}`: one to six hexadecimal digits of a Unicode scalar.
    private mutating func readScalarEscape(at start: Int, into value: inout [UInt8]) -> Int {
        var end = start + 2
        guard byte(at: end) == UInt8(ascii: "{") else {
            reportEscape(start, end)
            return end
        }
        while !isLineEnd(at: end), bytes[end] != UInt8(ascii: "}"), bytes[end] != UInt8(ascii: "\"") { end += 1 }
        let isClosed = byte(at: end) == UInt8(ascii: "}")
        let digits = text(start + 3, end)
        if isClosed { end += 1 }
        guard isClosed, digits.utf8.count <= 6, !digits.hasPrefix("+"), !digits.hasPrefix("-"),
            let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
        else {
            reportEscape(start, end)
            return end
        }
        value.append(contentsOf: String(Character(scalar)).utf8)
        return end
    }

    private mutating func reportEscape(_ start: Int, _ end: Int) {
        diagnostics.append(Diagnostic(.invalidEscape(text(start, end)), at: SourceSpan(start, end)))
    }

    /// Reads a string in quotes other than `"` as the string that was meant.
    mutating func readForeignString(closing: Unicode.Scalar) {
        let opening = scalar(at: position)!
        var end = position + opening.length
        while !isLineEnd(at: end), let (scalar, length) = scalar(at: end), scalar != closing, scalar != "\"" { end += length }
        let content = text(position + opening.length, end)
        let closed = isLineEnd(at: end) ? nil : scalar(at: end)
        let behind = end + (closed?.length ?? 0)
        report(.foreignQuotes(String(Character(opening.scalar)), content: content), to: behind)
        emit(closed == nil ? .invalid : .string(content), to: behind)
    }
}
