import Foundation

/// JSON as it is written, members in the order given (RFC 8259).
package indirect enum JSONValue: Sendable, Hashable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([Member])

    package struct Member: Sendable, Hashable {
        let name: String
        let value: JSONValue
    }

    package var written: String {
        switch self {
        case .null: "null"
        case .flag(let flag): "\(flag)"
        case .number(let number): Self.written(number)
        case .text(let text): Self.quoted(text)
        case .list(let items): "[\(items.map(\.written).joined(separator: ","))]"
        case .object(let members): "{\(members.map { "\(Self.quoted($0.name)):\($0.value.written)" }.joined(separator: ","))}"
        }
    }

    private static func written(_ number: Double) -> String {
        guard number.isFinite else { return "null" }
        return Int64(exactly: number).map(String.init) ?? String(describing: number)
    }

    static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // A page may hold the text within a script, which an end tag would close.
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self).replacing("</", with: "<\\/") } ?? "\"\""
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral text: String) { self = .text(text) }
    package init(integerLiteral number: Int) { self = .number(Double(number)) }
    package init(floatLiteral number: Double) { self = .number(number) }
    package init(booleanLiteral flag: Bool) { self = .flag(flag) }
    package init(arrayLiteral items: JSONValue...) { self = .list(items) }
    package init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(members.map { Member(name: $0, value: $1) }) }

    /// The object with further members behind its own.
    func with(_ members: [(String, JSONValue)]) -> JSONValue {
        guard case .object(let own) = self else { return self }
        return .object(own + members.map { Member(name: $0.0, value: $0.1) })
    }
}
