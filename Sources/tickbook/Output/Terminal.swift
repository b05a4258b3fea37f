import Foundation
import Synchronization

/// Standard output and standard error, and what they can show.
enum Terminal {
    /// Whether messages are coloured: on a terminal that has colours, where nobody asked for none (no-color.org).
    static let showsColour = allowsColour(on: STDERR_FILENO)
    /// The same for results.
    static let resultsShowColour = allowsColour(on: STDOUT_FILENO)

    private static func allowsColour(on descriptor: Int32) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(descriptor) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Results. Ends the process where nobody reads them any more, as a broken pipe's signal would, and where they can't be written.
    static func print(_ text: String) { write(Array((text + "\n").utf8)) }

    /// The same for bytes that need no more.
    static func write(_ bytes: [UInt8]) {
        switch written(bytes, to: STDOUT_FILENO) {
        case 0: break
        case EPIPE: exit(141)
        case let number:
            note("error: standard output cannot be written: \(String(cString: strerror(number)))")
            exit(1)
        }
    }

    /// Progress, warnings and faults.
    static func note(_ text: String) { _ = written(Array((text + "\n").utf8), to: STDERR_FILENO) }

    // MARK: The passing line

    /// Whether a line below all other output stands on the terminal that errors go to.
    private static let hasPassingLine = Mutex(false)
    /// Erases the line that the cursor is in (ECMA-48, 8.3.41).
    private static let eraseLine = "\r\u{1B}[K"

    /// Whether errors go to a terminal that can erase a line.
    static let showsPassingLines: Bool = {
        let kind = ProcessInfo.processInfo.environment["TERM"] ?? ""
        return isatty(STDERR_FILENO) == 1 && !kind.isEmpty && kind != "dumb"
    }()

    /// Shows a line in place of the one before, until anything else is written; nil takes it away.
    static func pass(_ line: String?) {
        hasPassingLine.withLock { has in
            guard line != nil || has else { return }
            _ = Array((eraseLine + (line ?? "")).utf8).withUnsafeBytes { write($0, to: STDERR_FILENO) }
            has = line != nil
        }
    }

    private static func written(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        hasPassingLine.withLock { has in
            if has { _ = Array(eraseLine.utf8).withUnsafeBytes { write($0, to: STDERR_FILENO) } }
            has = false
            return bytes.withUnsafeBytes { write($0, to: descriptor) }
        }
    }

    /// Zero, or the error number.
    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return errno }
            rest = rest.dropFirst(written)
        }
        return 0
    }

    /// Columns of the terminal, or what `COLUMNS` says; without either, enough for any table.
    static var width: Int { named("COLUMNS") ?? size.map { Int($0.ws_col) } ?? .max }

    /// Lines of the terminal, or what `LINES` says.
    static var height: Int? { named("LINES") ?? size.map { Int($0.ws_row) } }

    private static var size: winsize? {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return nil
        }
        return size
    }

    private static func named(_ variable: String) -> Int? {
        ProcessInfo.processInfo.environment[variable].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
    }

    /// The same for the terminal that errors go to.
    static var widthOfErrors: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
