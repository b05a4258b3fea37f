/// What stands in a body at one place.
struct JSONElement {
    enum Kind {
        case number(Double), bool(Bool), null, string(String), array([JSONElement])
        case object([(name: String, element: JSONElement)])
        /// `NaN`, `Infinity` or `-Infinity`, which JSON does not have but other writers produce.
        case notFinite
    }

    let kind: Kind
    let range: Range<Int>
}

/// Where and why a body is not JSON.
struct JSONSyntaxFault: Error {
    let position: Int
    let message: String
}

/// Reads any JSON body strictly.
struct JSONReader {
    /// Arrays and objects within each other; more would only serve to exhaust the stack.
    private static let greatestDepth = 64

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// Where `NaN` and the infinities stand.
    private(set) var notFiniteRanges: [Range<Int>] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func read() throws(JSONSyntaxFault) -> JSONElement {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw JSONSyntaxFault(position: 0, message: "Body is not UTF-8") }
        let element = try readElement(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw fault("Extra data") }
        return element
    }

    private mutating func readElement(depth: Int) throws(JSONSyntaxFault) -> JSONElement {
        skipSpace()
        guard position < bytes.count else { throw fault("Expecting value") }
        guard depth < Self.greatestDepth else { throw fault("Too many arrays and objects within each other") }
        let start = position
        let kind: JSONElement.Kind
        switch bytes[position] {
        case UInt8(ascii: "{"): kind = try readObject(depth: depth)
        case UInt8(ascii: "["): kind = try readArray(depth: depth)
        case UInt8(ascii: "\""):
            kind = .string(try readString())
        default: kind = try readScalar()
        }
        return JSONElement(kind: kind, range: start..<position)
    }

    private mutating func readObject(depth: Int) throws(JSONSyntaxFault) -> JSONElement.Kind {
        position += 1
        var members: [(name: String, element: JSONElement)] = []
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw fault("Expecting property name enclosed in double quotes")
            }
            let name = try readString()
            guard take(UInt8(ascii: ":")) else { throw fault("Expecting ':' delimiter") }
            let element = try readElement(depth: depth + 1)
            members.append((name, element))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw fault("Expecting ',' delimiter") }
        return .object(members)
    }

    private mutating func readArray(depth: Int) throws(JSONSyntaxFault) -> JSONElement.Kind {
        position += 1
        if take(UInt8(ascii: "]")) { return .array([]) }
        var elements: [JSONElement] = []
        repeat { elements.append(try readElement(depth: depth + 1)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw fault("Expecting ',' delimiter") }
        return .array(elements)
    }

    private mutating func readScalar() throws(JSONSyntaxFault) -> JSONElement.Kind {
        let words: [(StaticString, JSONElement.Kind)] = [
            ("true", .bool(true)), ("false", .bool(false)), ("null", .null), ("NaN", .notFinite), ("Infinity", .notFinite),
            ("-Infinity", .notFinite),
        ]
        for (word, kind) in words where standsHere(word) {
            if case .notFinite = kind { notFiniteRanges.append(position..<position + word.utf8CodeUnitCount) }
            position += word.utf8CodeUnitCount
            return kind
        }
        guard let number = JSONNumber(bytes, from: position) else { throw fault("Expecting value") }
        position += number.byteCount
        return .number(number.value)
    }

    private func standsHere(_ word: StaticString) -> Bool {
        position + word.utf8CodeUnitCount <= bytes.count
            && (0..<word.utf8CodeUnitCount).allSatisfy { bytes[position + $0] == word.utf8Start[$0] }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, isJSONSpace(bytes[position]) { position += 1 }
    }

    private func fault(_ message: String) -> JSONSyntaxFault { JSONSyntaxFault(position: position, message: message) }
}

extension JSONReader {
    /// The text of the string that stands here, its escapes resolved.
    private mutating func readString() throws(JSONSyntaxFault) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text.append(contentsOf: try readEscape())
            case 0..<0x20: throw JSONSyntaxFault(position: position - 1, message: "Invalid control character")
            default: text.append(byte)
            }
        }
        throw JSONSyntaxFault(position: start, message: "Unterminated string")
    }

    private mutating func readEscape() throws(JSONSyntaxFault) -> [UInt8] {
        guard position < bytes.count else { throw fault("Invalid \\escape") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(try readUnicodeEscape()).utf8)
        default: throw JSONSyntaxFault(position: position - 2, message: "Invalid \\escape")
        }
    }

    /// A scalar written as `\uXXXX`, or as a pair of surrogates; a lone surrogate becomes the replacement character.
    private mutating func readUnicodeEscape() throws(JSONSyntaxFault) -> Unicode.Scalar {
        let unit = try readHexadecimal()
        let isPair =
            (0xd800..<0xdc00).contains(unit) && position + 1 < bytes.count
            && bytes[position] == UInt8(ascii: "\\") && bytes[position + 1] == UInt8(ascii: "u")
        guard isPair else { return Unicode.Scalar(unit) ?? "\u{fffd}" }
        let before = position
        position += 2
        let second = try readHexadecimal()
        guard (0xdc00..<0xe000).contains(second) else {
            position = before
            return "\u{fffd}"
        }
        return Unicode.Scalar(0x10000 + (unit - 0xd800) << 10 + (second - 0xdc00)) ?? "\u{fffd}"
    }

    private mutating func readHexadecimal() throws(JSONSyntaxFault) -> UInt32 {
        let digits = bytes[position..<min(position + 4, bytes.count)]
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw fault("Invalid \\uXXXX escape") }
        position += 4
        return unit
    }
}
