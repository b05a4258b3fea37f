import CFileSystem
import Foundation

/// A large text file's lines after the header, cut at line ends into files in memory, so that several can be read at once.
///
/// Only files without quotes behind the header are cut: then no line break can belong to a value.
final class FileSections {
    static let smallestFile = 32 << 20
    private static let sectionBytes = 16 << 20

    private let content: MappedFile
    private var offset: Int
    private var line = 2

    /// Nil where the file is small, compressed, quoted, or can't be mapped.
    init?(path: String, quote: UInt8) {
        guard let content = MappedFile(path: path), content.byteCount >= Self.smallestFile, !content.isCompressed,
            let headerEnd = content.firstIndex(of: UInt8(ascii: "\n"), from: 0),
            content.count(of: quote, in: 0..<headerEnd).isMultiple(of: 2), content.firstIndex(of: quote, from: headerEnd) == nil
        else { return nil }
        self.content = content
        offset = headerEnd + 1
    }

    /// The next section, or nil at the end of the file.
    func next() throws -> FileSection? {
        guard offset < content.byteCount else { return nil }
        let wanted = min(offset + Self.sectionBytes, content.byteCount)
        let end =
            wanted == content.byteCount
            ? wanted : content.firstIndex(of: UInt8(ascii: "\n"), from: wanted).map { $0 + 1 } ?? content.byteCount
        let section = try FileSection(content.bytes(offset..<end), firstLine: line)
        line += content.count(of: UInt8(ascii: "\n"), in: offset..<end)
        offset = end
        return section
    }
}

/// A part of a file, as a file of its own in memory.
final class FileSection: Sendable {
    private let descriptor: Int32
    /// The line of the whole file that the section begins with.
    let firstLine: Int

    init(_ lines: UnsafeRawBufferPointer, firstLine: Int) throws {
        descriptor = tickbook_memory_file("section")
        self.firstLine = firstLine
        guard descriptor >= 0 else {
            throw RunFault.unreadableFile(path: "a part of a file in memory", reason: String(cString: strerror(errno)))
        }
        try write(lines)
    }

    deinit { close(descriptor) }

    var path: String { "/proc/self/fd/\(descriptor)" }

    /// The line of the whole file that is the section's line.
    func wholeLine(_ line: Int) -> Int { firstLine + line - 1 }

    private func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            guard written > 0 else {
                throw RunFault.unreadableFile(path: "a part of a file in memory", reason: String(cString: strerror(errno)))
            }
            rest = rest.dropFirst(written)
        }
    }
}

/// A file's bytes, as memory.
private final class MappedFile {
    let byteCount: Int
    private let start: UnsafeMutableRawPointer
    private let path: String

    init?(path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_size > 0,
            let memory = mmap(nil, Int(information.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED
        else { return nil }
        start = memory
        byteCount = Int(information.st_size)
        self.path = path
        madvise(start, byteCount, MADV_SEQUENTIAL)
    }

    deinit { munmap(start, byteCount) }

    var isCompressed: Bool { [".gz", ".zst", ".bz2", ".xz"].contains { path.hasSuffix($0) } }

    func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    func firstIndex(of byte: UInt8, from index: Int) -> Int? {
        memchr(start + index, Int32(byte), byteCount - index).map { UnsafeRawPointer($0) - UnsafeRawPointer(start) }
    }

    func count(of byte: UInt8, in range: Range<Int>) -> Int {
        var found = 0
        var index = range.lowerBound
        while index < range.upperBound {
            // Bytes are counted in runs short enough for a vectorised sum.
            let end = min(index + 4096, range.upperBound)
            var inRun: Int32 = 0
            let bytes = start.assumingMemoryBound(to: UInt8.self)
            for position in index..<end { inRun &+= bytes[position] == byte ? 1 : 0 }
            found += Int(inRun)
            index = end
        }
        return found
    }
}
