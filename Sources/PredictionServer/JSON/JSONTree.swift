/// JSON to be written, where its form is easier to say as a tree than as text.
indirect enum JSONTree: Sendable {
    case text(String), int(Int), number(Double), bool(Bool), null
    case array([JSONTree])
    case object([(String, JSONTree)])

    var written: JSONText {
        var text = JSONText()
        text.append(tree: self)
        return text
    }
}

extension JSONTree: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(stringLiteral text: String) { self = .text(text) }
    init(arrayLiteral elements: JSONTree...) { self = .array(elements) }
    init(dictionaryLiteral members: (String, JSONTree)...) { self = .object(members) }
}

extension JSONText {
    mutating func append(tree: JSONTree) {
        switch tree {
        case .text(let text): append(string: text)
        case .int(let number): append(number)
        case .number(let number): append(number)
        case .bool(let flag): append(flag ? "true" : "false")
        case .null: append("null")
        case .array(let elements):
            append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { append(",") }
                append(tree: element)
            }
            append("]")
        case .object(let members):
            append("{")
            for (index, (name, value)) in members.enumerated() {
                if index > 0 { append(",") }
                append(string: name)
                append(":")
                append(tree: value)
            }
            append("}")
        }
    }
}
