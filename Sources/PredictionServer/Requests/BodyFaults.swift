/// All that is wrong with a request's body, in the shape FastAPI answers with: `{"detail":[{"type","loc","msg","input"},…]}`.
struct BodyFaults: Error {
    /// More are counted as one, so that an answer cannot grow to many times the body.
    static let greatestCount = 1000

    private var details = JSONText()
    private var count = 0

    var isEmpty: Bool { count == 0 }
    var isFull: Bool { count >= Self.greatestCount }

    /// The whole answer.
    var json: [UInt8] {
        var text = JSONText()
        text.append("{\"detail\":[")
        text.append(raw: details.bytes)
        text.append("]}")
        return text.bytes
    }

    /// A fault of what stands at `place`; `input` is JSON.
    mutating func add(_ type: StaticString, _ place: BodyPlace, _ message: String, _ input: [UInt8]) {
        guard !isFull else { return }
        begin(type, place)
        details.append("],\"msg\":")
        details.append(string: message)
        details.append(",\"input\":")
        details.append(raw: input)
        details.append("}")
        if isFull { addFullness() }
    }

    mutating func addEmptyBody() { add("missing", BodyPlace(), "Field required", Array("null".utf8)) }

    mutating func addNotAnObject(_ place: BodyPlace, _ input: [UInt8]) {
        add("model_attributes_type", place, "Input should be a valid dictionary or object to extract fields from", input)
    }

    mutating func addSyntax(_ fault: JSONSyntaxFault) {
        begin("json_invalid", BodyPlace())
        details.append(",")
        details.append(fault.position)
        details.append("],\"msg\":\"JSON decode error\",\"input\":{},\"ctx\":{\"error\":")
        details.append(string: fault.message)
        details.append("}}")
    }

    private mutating func addFullness() {
        details.append(",{\"type\":\"too_many_faults\",\"loc\":[\"body\"],\"msg\":\"Further faults are not listed\",\"input\":null}")
    }

    private mutating func begin(_ type: StaticString, _ place: BodyPlace) {
        if !isEmpty { details.append(",") }
        count += 1
        details.append("{\"type\":\"")
        details.append(type)
        details.append("\",\"loc\":[\"body\"")
        for part in place.parts {
            details.append(",")
            switch part {
            case .index(let index): details.append(index)
            case .member(let name): details.append(string: name)
            }
        }
    }
}

/// Where in a body something stands.
struct BodyPlace {
    enum Part {
        case index(Int)
        case member(String)
    }

    private(set) var parts: [Part] = []

    subscript(index: Int) -> BodyPlace { appending(.index(index)) }
    subscript(name: String) -> BodyPlace { appending(.member(name)) }

    private func appending(_ part: Part) -> BodyPlace {
        var place = self
        place.parts.append(part)
        return place
    }
}
