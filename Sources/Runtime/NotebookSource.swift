import Foundation
import Language

/// A notebook's text as it stands in a file, or comes from standard input.
package enum NotebookSource {
    /// The name that stands for standard input.
    package static let standardInput = "-"
    /// Text that people write is smaller by far; a file of prices given by mistake is not.
    private static let byteLimit = 16 << 20

    /// How messages name it.
    package static func shown(_ path: String) -> String { path == standardInput ? "<stdin>" : path }

    package static func text(_ path: String) throws(RunFault) -> String {
        let bytes = try bytes(path)
        guard let fault = encodingFault(bytes) else { return String(decoding: bytes, as: UTF8.self) }
        throw .unreadableNotebook(path: shown(path), reason: fault)
    }

    private static func bytes(_ path: String) throws(RunFault) -> [UInt8] {
        let descriptor = path == standardInput ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadableNotebook(path: shown(path), reason: openingFault(path)) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT != S_IFDIR else {
            throw .unreadableNotebook(path: shown(path), reason: "it is a folder" + notebooks(in: path))
        }
        // Opened without waiting for a writer, read with waiting for one.
        if path != standardInput { _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK) }
        return try contents(descriptor, path)
    }

    private static func contents(_ descriptor: Int32, _ path: String) throws(RunFault) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadableNotebook(path: shown(path), reason: String(cString: strerror(errno))) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= byteLimit else {
                throw .unreadableNotebook(
                    path: shown(path),
                    reason: "it has more than \(byteLimit >> 20) MiB, and a notebook is text; data are read with csv(…) in a cell")
            }
        }
    }

    private static func openingFault(_ path: String) -> String {
        guard errno == ENOENT else { return String(cString: strerror(errno)) }
        let folder = (path as NSString).deletingLastPathComponent
        let nearest = NearestName.of((path as NSString).lastPathComponent, among: names(in: folder))
        let meant = nearest.map { "; perhaps '\((folder as NSString).appendingPathComponent($0))' is meant" }
        return "there is no such file" + (meant ?? notebooks(in: folder.isEmpty ? "." : folder))
    }

    private static func names(in folder: String) -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return entries.filter { $0.hasSuffix(".md") }.sorted()
    }

    /// What there is instead, in words behind the fault's; empty where there is nothing.
    private static func notebooks(in folder: String) -> String {
        let names = names(in: folder)
        guard !names.isEmpty, names.count <= 12 else { return "" }
        return "; '\(folder)' has \(names.joined(separator: ", "))"
    }

    /// Nil for UTF-8 text.
    private static func encodingFault(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return "it is UTF-16 text; save it as UTF-8"
        }
        if let place = bytes.firstIndex(of: 0) { return "it is no text: line \(line(of: place, bytes)) holds a zero byte" }
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        let place = firstInvalid(bytes)
        let byte = "0x" + String(bytes[place], radix: 16, uppercase: true)
        return "it is not UTF-8 text: line \(line(of: place, bytes)) holds the byte \(byte); save it as UTF-8"
    }

    private static func line(of place: Int, _ bytes: [UInt8]) -> Int { bytes[..<place].count { $0 == UInt8(ascii: "\n") } + 1 }

    private static func firstInvalid(_ bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var (iterator, place) = (bytes.makeIterator(), 0)
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { place += UTF8.width(scalar) }
        return min(place, bytes.count - 1)
    }
}
