import Foundation
import Synchronization

/// Where one table's log is kept. Names are plain file names of the log folder.
///
/// Invariants:
/// 1. A name is visible only with its full content, and never changes after.
/// 2. Of several writers of one name exactly one gets true.
package protocol LogStorage: Sendable {
    /// What the log is called in messages.
    var location: String { get }
    /// All names, in no order; empty when there is no log yet.
    func list() throws -> [String]
    /// The content; nil when there is no such name.
    func read(_ name: String) throws -> [UInt8]?
    func contains(_ name: String) throws -> Bool
    /// Publishes `content` for good and returns true; false when the name is taken.
    func putIfAbsent(_ name: String, _ content: [UInt8]) throws -> Bool
    /// Publishes `content` in place of what had the name: only for hints, which nothing depends on.
    func put(_ name: String, _ content: [UInt8]) throws
    /// Of these data files, those that are not there.
    func missing(_ paths: [String]) -> [String]
    /// Proves that data files are there in full and will survive a power cut; returns when each was modified, in ms since 1970.
    func settle(_ files: [(path: String, byteCount: Int)]) throws -> [Int64]
}

/// A log that ends with the process.
package final class InMemoryLogStorage: LogStorage {
    package let location: String
    private let contents = Mutex<[String: [UInt8]]>([:])

    package init(location: String = "memory") { self.location = location }

    package func list() -> [String] { contents.withLock { Array($0.keys) } }

    package func read(_ name: String) -> [UInt8]? { contents.withLock { $0[name] } }

    package func contains(_ name: String) -> Bool { contents.withLock { $0[name] != nil } }

    package func putIfAbsent(_ name: String, _ content: [UInt8]) -> Bool {
        contents.withLock { contents in
            guard contents[name] == nil else { return false }
            contents[name] = content
            return true
        }
    }

    package func put(_ name: String, _ content: [UInt8]) { contents.withLock { $0[name] = content } }

    /// Data files are kept elsewhere.
    package func missing(_ paths: [String]) -> [String] { [] }

    /// Takes a name away, as a program that cleans logs up does.
    package func remove(_ name: String) { contents.withLock { $0[name] = nil } }

    package func settle(_ files: [(path: String, byteCount: Int)]) -> [Int64] {
        files.map { _ in millisecondsNow() }
    }
}

/// Milliseconds since 1970-01-01 UTC.
func millisecondsNow() -> Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) }

/// `00000000000000000007.json`
func logFileName(_ version: Int) -> String { versionDigits(version) + ".json" }

func versionDigits(_ version: Int) -> String {
    let digits = String(version)
    return String(repeating: "0", count: 20 - digits.utf8.count) + digits
}

/// The version a log file's name stands for; nil for every other name, checkpoints and temporary files included.
func logVersion(_ name: String) -> Int? {
    guard name.utf8.count == 25, name.hasSuffix(".json") else { return nil }
    let digits = name.utf8.prefix(20)
    guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    return Int(Substring(digits))
}
