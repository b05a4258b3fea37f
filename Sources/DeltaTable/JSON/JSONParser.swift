/// Where JSON text is wrong: bytes before the place, and what stands there instead of what was expected.
struct JSONMistake: Error, Equatable {
    let offset: Int
    let expected: String
}

extension JSON {
    init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(JSONMistake) {
        var parser = JSONParser(bytes: bytes)
        self = try parser.document()
    }

    init(parsing text: String) throws(JSONMistake) {
        self = try Array(text.utf8).withUnsafeBufferPointer { bytes throws(JSONMistake) in try JSON(parsing: bytes) }
    }
}

/// Reads one JSON document (RFC 8259) from UTF-8.
private struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// Deeper nesting than any log has is refused before it can exhaust the stack.
    private var depth = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func document() throws(JSONMistake) -> JSON {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw mistake("the end of the line") }
        return value
    }

    private mutating func value() throws(JSONMistake) -> JSON {
        skipSpace()
        guard position < bytes.count else { throw mistake("a value") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func object() throws(JSONMistake) -> JSON {
        try enter()
        var members: [JSON.Member] = []
        if skip(UInt8(ascii: "}")) { return leave(.object([])) }
        repeat {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw mistake("a member's name in quotes") }
            let name = try string()
            guard skip(UInt8(ascii: ":")) else { throw mistake("':'") }
            members.append(JSON.Member(name, try value()))
        } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "}")) else { throw mistake("',' or '}'") }
        return leave(.object(members))
    }

    private mutating func array() throws(JSONMistake) -> JSON {
        try enter()
        var elements: [JSON] = []
        if skip(UInt8(ascii: "]")) { return leave(.array([])) }
        repeat { elements.append(try value()) } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "]")) else { throw mistake("',' or ']'") }
        return leave(.array(elements))
    }

    private mutating func enter() throws(JSONMistake) {
        position += 1
        depth += 1
        guard depth <= 100 else { throw mistake("at most 100 levels of nesting") }
    }

    private mutating func leave(_ value: JSON) -> JSON {
        depth -= 1
        return value
    }

    private mutating func literal(_ word: StaticString, _ value: JSON) throws(JSONMistake) -> JSON {
        for index in 0..<word.utf8CodeUnitCount {
            guard position + index < bytes.count, bytes[position + index] == word.utf8Start[index] else { throw mistake("\(word)") }
        }
        position += word.utf8CodeUnitCount
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0a, 0x0d: position += 1
            default: return
            }
        }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private func mistake(_ expected: String) -> JSONMistake { JSONMistake(offset: position, expected: expected) }
}

extension JSONParser {
    private mutating func string() throws(JSONMistake) -> String {
        let start = position + 1
        let end = try endOfPlainText(from: start)
        if bytes[end] == UInt8(ascii: "\\") { return try escapedString(from: start, plainUntil: end) }
        position = end + 1
        return try validated(UnsafeBufferPointer(rebasing: bytes[start..<end]))
    }

    private mutating func escapedString(from start: Int, plainUntil firstEscape: Int) throws(JSONMistake) -> String {
        var text: [UInt8] = []
        var plainStart = start
        position = firstEscape
        while true {
            text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[plainStart..<position]))
            position += 1
            if bytes[position - 1] == UInt8(ascii: "\"") { break }
            try appendEscape(to: &text)
            plainStart = position
            position = try endOfPlainText(from: position)
        }
        return try text.withUnsafeBufferPointer { text throws(JSONMistake) in try validated(text) }
    }

    /// The next quote or backslash.
    private func endOfPlainText(from start: Int) throws(JSONMistake) -> Int {
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\") {
            guard bytes[end] >= 0x20 else { throw JSONMistake(offset: end, expected: "no bare control character in a string") }
            end += 1
        }
        guard end < bytes.count else { throw JSONMistake(offset: end, expected: "a closing quote") }
        return end
    }

    private func validated(_ content: UnsafeBufferPointer<UInt8>) throws(JSONMistake) -> String {
        if content.allSatisfy({ $0 < 0x80 }) { return String(decoding: content, as: UTF8.self) }
        guard let text = String(validating: content, as: UTF8.self) else { throw mistake("UTF-8 text") }
        return text
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(JSONMistake) {
        guard position < bytes.count else { throw mistake("a closing quote") }
        let letter = bytes[position]
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "u"): text.append(contentsOf: String(Character(try unicodeScalar())).utf8)
        default: throw mistake("an escape such as \\n or \\u00e9")
        }
    }

    private mutating func unicodeScalar() throws(JSONMistake) -> Unicode.Scalar {
        let unit = try utf16Unit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xdc00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
        else { throw mistake("the second half of a surrogate pair") }
        position += 2
        let second = try utf16Unit()
        guard (0xdc00...0xdfff).contains(second) else { throw mistake("the second half of a surrogate pair") }
        return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xd800) << 10 + (UInt32(second) - 0xdc00))!
    }

    private mutating func utf16Unit() throws(JSONMistake) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard position < bytes.count, let digit = hexValue(bytes[position]) else { throw mistake("four hexadecimal digits") }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    private mutating func number() throws(JSONMistake) -> JSON {
        let start = position
        var isInteger = true
        scan: while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"): isInteger = false
            default: break scan
            }
            position += 1
        }
        if isInteger, let number = shortInteger(start..<position) { return .int(number) }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        if isInteger, let number = Int64(text) { return .int(number) }
        guard let number = Double(text), number.isFinite else { throw JSONMistake(offset: start, expected: "a value") }
        return .double(number)
    }

    /// Up to 18 digits, which cannot overflow; nil for anything else, malformed text included.
    private func shortInteger(_ range: Range<Int>) -> Int64? {
        let isNegative = bytes[range.lowerBound..<range.upperBound].first == UInt8(ascii: "-")
        let digits = range.dropFirst(isNegative ? 1 : 0)
        guard (1...18).contains(digits.count) else { return nil }
        var number: Int64 = 0
        for index in digits {
            guard bytes[index] >= UInt8(ascii: "0") else { return nil }
            number = number * 10 + Int64(bytes[index] - UInt8(ascii: "0"))
        }
        return isNegative ? -number : number
    }
}
