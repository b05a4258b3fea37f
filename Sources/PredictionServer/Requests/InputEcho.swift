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
