import Foundation

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
        switch bytes.withUnsafeBytes({ write($0, to: STDOUT_FILENO) }) {
        case 0: break
        case EPIPE: exit(141)
        case let number:
            note("error: standard output cannot be written: \(String(cString: strerror(number)))")
            exit(1)
        }
    }

    /// Progress, warnings and faults.
    static func note(_ text: String) { _ = Array((text + "\n").utf8).withUnsafeBytes { write($0, to: STDERR_FILENO) } }

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
}
