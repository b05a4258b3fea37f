import Foundation
import Synchronization

/// Lines of standard input, waited for in a way that another thread can end.
final class StandardInputLines: Sendable {
    enum Ending: Sendable { case interrupted, told }

    private struct State {
        var bytes: [UInt8] = []
        var isAtEnd = false
        var ending: Ending?
    }

    private let state = Mutex(State())
    private let wakeRead: Int32
    private let wakeWrite: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (wakeRead, wakeWrite) = (ends[0], ends[1])
    }

    deinit {
        close(wakeRead)
        close(wakeWrite)
    }

    /// Why there is no further line, where that is not the end of input.
    var ended: Ending? { state.withLock { $0.ending } }

    func end(_ ending: Ending) {
        state.withLock { $0.ending = $0.ending ?? ending }
        _ = write(wakeWrite, "", 1)
    }

    /// Nil at the end of input, or when told to end. A last line without a line break counts.
    func next() -> String? {
        while ended == nil {
            if let line = takeLine() { return line }
            guard !state.withLock({ $0.isAtEnd }) else { return takeRest() }
            read()
        }
        return nil
    }

    private func takeLine() -> String? {
        state.withLock { state in
            guard let end = state.bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            let line = state.bytes[..<end]
            state.bytes.removeFirst(end + 1)
            return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
    }

    private func takeRest() -> String? {
        state.withLock { state in
            guard !state.bytes.isEmpty else { return nil }
            defer { state.bytes = [] }
            return String(decoding: state.bytes, as: UTF8.self)
        }
    }

    private func read() {
        var waited = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0), pollfd(fd: wakeRead, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&waited, 2, -1) > 0, waited[0].revents != 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        state.withLock { state in
            if count > 0 { state.bytes += buffer[..<count] } else { state.isAtEnd = true }
        }
    }
}
