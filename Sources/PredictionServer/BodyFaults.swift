/// All that is wrong with a request's body, in the shape FastAPI answers with: `{"detail":[{"type","loc","msg","input"},…]}`.
struct BodyFaults: Error {
    private var details = JSONText()

    var isEmpty: Bool { details.bytes.isEmpty }

    /// The whole answer.
    var json: [UInt8] {
        var text = JSONText()
        text.append("{\"detail\":[")
        text.append(raw: details.bytes)
        text.append("]}")
        return text.bytes
    }

    /// A fault of the member `name`; `input` is JSON.
    mutating func add(_ type: StaticString, _ name: String, _ message: StaticString, _ input: [UInt8]) {
        begin(type)
        details.append(",")
        details.append(string: name)
        end(message, input)
    }

    mutating func addEmptyBody() {
        begin("missing")
        end("Field required", Array("null".utf8))
    }

    mutating func addNotAnObject(_ input: [UInt8]) {
        begin("model_attributes_type")
        end("Input should be a valid dictionary or object to extract fields from", input)
    }

    mutating func addSyntax(_ fault: JSONSyntaxFault) {
        begin("json_invalid")
        details.append(",")
        details.append(fault.position)
        details.append("],\"msg\":\"JSON decode error\",\"input\":{},\"ctx\":{\"error\":")
        details.append(string: fault.message)
        details.append("}}")
    }

    private mutating func begin(_ type: StaticString) {
        if !isEmpty { details.append(",") }
        details.append("{\"type\":\"")
        details.append(type)
        details.append("\",\"loc\":[\"body\"")
    }

    private mutating func end(_ message: StaticString, _ input: [UInt8]) {
        details.append("],\"msg\":\"")
        details.append(message)
        details.append("\",\"input\":")
        details.append(raw: input)
        details.append("}")
    }
}

/// Gives back pieces of a body as valid JSON.
struct InputEcho {
    /// A longer piece is given back as null, so that an answer cannot grow to many times the body.
    private static let greatestByteCount = 2048

    let bytes: UnsafeBufferPointer<UInt8>
    /// `NaN` and the infinities, which go back as strings.
    let notFiniteRanges: [Range<Int>]

    func text(of element: JSONElement) -> [UInt8] {
        guard element.range.count <= Self.greatestByteCount else { return Array("null".utf8) }
        var text: [UInt8] = []
        var start = element.range.lowerBound
        for range in notFiniteRanges[firstNotFinite(from: start)...].prefix(while: { $0.lowerBound < element.range.upperBound }) {
            text.append(contentsOf: bytes[start..<range.lowerBound])
            text.append(UInt8(ascii: "\""))
            text.append(contentsOf: bytes[range])
            text.append(UInt8(ascii: "\""))
            start = range.upperBound
        }
        text.append(contentsOf: bytes[start..<element.range.upperBound])
        return text
    }

    /// By halving: a body can hold very many of them.
    private func firstNotFinite(from position: Int) -> Int {
        var (low, high) = (0, notFiniteRanges.count)
        while low < high {
            let middle = (low + high) / 2
            if notFiniteRanges[middle].lowerBound < position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
