/// The kind of line end that a text keeps to.
///
/// A browser's editor turns all of them into `\n`, so a notebook that keeps to one kind is given to Jupyter with `\n` alone.
enum LineEnds: String {
    case lineFeed = "\n"
    case carriageReturnLineFeed = "\r\n"
    case carriageReturn = "\r"

    /// A text that keeps to no one kind is taken as it is.
    init(of text: String) {
        var (pairs, feeds, returns, previous) = (0, 0, 0, UInt8(0))
        for byte in text.utf8 {
            if byte == 0x0A { if previous == 0x0D { pairs += 1 } else { feeds += 1 } }
            if byte == 0x0D { returns += 1 }
            previous = byte
        }
        switch (pairs, feeds, returns) {
        case (0, 0, 1...): self = .carriageReturn
        case (1..., 0, pairs): self = .carriageReturnLineFeed
        default: self = .lineFeed
        }
    }

    func removed(from text: String) -> String { self == .lineFeed ? text : Self.replace(Array(rawValue.utf8), with: [0x0A], in: text) }
    func restored(in text: String) -> String { self == .lineFeed ? text : Self.replace([0x0A], with: Array(rawValue.utf8), in: text) }

    /// By bytes, since `\r\n` is one `Character`.
    private static func replace(_ old: [UInt8], with new: [UInt8], in text: String) -> String {
        let bytes = Array(text.utf8)
        var replaced: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if bytes[position...].starts(with: old) {
                replaced += new
                position += old.count
            } else {
                replaced.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: replaced, as: UTF8.self)
    }
}
