import Foundation

/// The records of a delimited text file, with the line each begins at; line breaks within quotes belong to the record.
struct RecordLines {
    let path: String
    let quote: UInt8

    private static let delimiters = Set(",;|\t\"".utf8)

    struct Record {
        /// From 1.
        let line: Int
        let text: String
    }

    /// The records with these ordinals; the header, if any, is left out of the count, and so are empty lines and the lines `skipping`.
    func records(_ ordinals: Set<Int>, hasHeader: Bool, skipping: Set<Int>) throws -> [Int: Record] {
        var found: [Int: Record] = [:]
        var ordinal = hasHeader ? -1 : 0
        var line = 1
        var start = 1
        var record: [UInt8] = []
        var isQuoted = false
        func end() {
            defer { record.removeAll(keepingCapacity: true) }
            guard !record.isEmpty, !skipping.contains(start) else { return }
            if ordinals.contains(ordinal) { found[ordinal] = Record(line: start, text: String(decoding: record, as: UTF8.self)) }
            ordinal += 1
        }
        try forEachBlock { block in
            for byte in block {
                // A quote opens only at a field's start; within a field it is a character like others.
                if byte == quote, isQuoted || record.last.map(Self.delimiters.contains) ?? true { isQuoted.toggle() }
                if byte == UInt8(ascii: "\n") {
                    line += 1
                    if !isQuoted {
                        if record.last == UInt8(ascii: "\r") { record.removeLast() }
                        end()
                        start = line
                        continue
                    }
                }
                record.append(byte)
            }
        }
        end()
        return found
    }

    private func forEachBlock(_ body: (Data) -> Void) throws {
        guard path.hasSuffix(".gz") else {
            guard let file = FileHandle(forReadingAtPath: path) else {
                throw RunFault.unreadableFile(path: path, reason: String(cString: strerror(errno)))
            }
            defer { try? file.close() }
            while let block = try file.read(upToCount: 1 << 20), !block.isEmpty { body(block) }
            return
        }
        let unzip = Process()
        unzip.executableURL = URL(fileURLWithPath: "/bin/gzip")
        unzip.arguments = ["-dc", "--", path]
        let output = Pipe()
        unzip.standardOutput = output
        try unzip.run()
        while let block = try output.fileHandleForReading.read(upToCount: 1 << 20), !block.isEmpty { body(block) }
        unzip.waitUntilExit()
    }
}
