import Foundation

/// How the lines of a text file end.
enum LineEnds {
    private static let bytesLookedAt = 16 << 20

    /// The first line that ends otherwise than the first one, within the beginning of a file; nil where all end alike.
    static func firstChange(inFile path: String) -> (first: String, number: Int, other: String)? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        guard let bytes = try? file.read(upToCount: bytesLookedAt) else { return nil }
        var previous: UInt8 = 0
        var line = 0
        var isFirstCRLF = false
        for byte in bytes {
            defer { previous = byte }
            guard byte == UInt8(ascii: "\n") else { continue }
            line += 1
            let isCRLF = previous == UInt8(ascii: "\r")
            if line == 1 {
                isFirstCRLF = isCRLF
            } else if isCRLF != isFirstCRLF {
                return (name(isFirstCRLF), line, name(isCRLF))
            }
        }
        return nil
    }

    private static func name(_ isCRLF: Bool) -> String { isCRLF ? "CRLF" : "LF" }
}
