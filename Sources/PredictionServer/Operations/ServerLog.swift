import Columnar
import Dispatch
import Foundation
import Synchronization

/// One JSON object per line, written by a thread of its own so that no request waits for whoever reads the log.
package final class ServerLog: Sendable {
    enum Level: String { case info, error }

    /// Lines held while nobody reads them; those beyond are counted and dropped.
    private static let greatestByteCount = 4 << 20
    private static let interval = DispatchTimeInterval.milliseconds(100)

    private struct Pending {
        var bytes: [UInt8] = []
        var droppedLines = 0
    }

    private let pending = Mutex(Pending())
    private let queue = DispatchQueue(label: "tickbook.server.log")
    /// Used by `init` and `deinit` alone.
    private nonisolated(unsafe) let timer: any DispatchSourceTimer
    private let write: @Sendable ([UInt8]) -> Void

    /// `write` is called with whole lines.
    package init(write: @escaping @Sendable ([UInt8]) -> Void = ServerLog.toStandardError) {
        self.write = write
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + Self.interval, repeating: Self.interval)
        timer.setEventHandler { [weak self] in self?.writePending() }
        timer.resume()
    }

    deinit { timer.cancel() }

    /// Writes what is still held.
    func flush() { queue.sync { writePending() } }

    func note(_ level: Level, _ message: String, _ details: [(String, String)] = []) {
        var line = Self.begin(level, message)
        for (name, value) in details {
            line.append(",\"")
            line.append(raw: name.utf8)
            line.append("\":")
            line.append(string: value)
        }
        add(line)
    }

    /// A line that begins with time, level and message; members and the closing brace are still to come.
    static func begin(_ level: Level, _ message: String) -> JSONText {
        var line = JSONText()
        line.append("{\"time\":\"")
        line.append(timestamp: CalendarTime.now)
        line.append("\",\"level\":")
        line.append(string: level.rawValue)
        line.append(",\"message\":")
        line.append(string: message)
        return line
    }

    /// Ends the line.
    func add(_ line: JSONText) {
        pending.withLock { pending in
            guard pending.bytes.count + line.bytes.count < Self.greatestByteCount else {
                pending.droppedLines += 1
                return
            }
            pending.bytes += line.bytes
            pending.bytes += [UInt8(ascii: "}"), UInt8(ascii: "\n")]
        }
    }

    private func writePending() {
        let taken = pending.withLock { pending in
            defer { pending = Pending() }
            return pending
        }
        if !taken.bytes.isEmpty { write(taken.bytes) }
        if taken.droppedLines > 0 { note(.error, "log lines dropped", [("count", "\(taken.droppedLines)")]) }
    }

    package static func toStandardError(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Foundation.write(STDERR_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return }
                rest = rest.dropFirst(written)
            }
        }
    }
}

extension CalendarTime {
    fileprivate static var now: CalendarTime {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return CalendarTime(microseconds: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000)
    }
}

extension JSONText {
    /// ISO 8601 in UTC; digit by digit, since every request's line has one.
    fileprivate mutating func append(timestamp time: CalendarTime) {
        append(digits: time.date.year, 4)
        append("-")
        append(digits: time.date.month, 2)
        append("-")
        append(digits: time.date.day, 2)
        append("T")
        let (seconds, microseconds) = Int(time.microsecondOfDay).quotientAndRemainder(dividingBy: 1_000_000)
        append(digits: seconds / 3600, 2)
        append(":")
        append(digits: seconds / 60 % 60, 2)
        append(":")
        append(digits: seconds % 60, 2)
        append(".")
        append(digits: microseconds, 6)
        append("Z")
    }

    private mutating func append(digits number: Int, _ width: Int) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            append(raw: CollectionOfOne(UInt8(ascii: "0") + UInt8(number / divisor % 10)))
            divisor /= 10
        }
    }
}
