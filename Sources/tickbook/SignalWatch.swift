import Foundation
import Synchronization

/// Signals as calls on a thread of their own, for whoever took them last.
///
/// A handler writes the signal's number into a pipe and nothing else. Dispatch's signal sources are no alternative: they need a handler
/// of their own to stay in place, and lose signals once another part of the process has given them back.
enum SignalWatch {
    private static let takers = Mutex<[Int32: @Sendable (Int32) -> Void]>([:])
    private static let start: Void = begin()

    /// Has `body` called for each of the signals, until someone else takes them or they are given back.
    static func take(_ signals: [Int32], _ body: @escaping @Sendable (Int32) -> Void) {
        _ = start
        takers.withLock { takers in
            for number in signals { takers[number] = body }
        }
        for number in signals { signal(number, noteSignal) }
    }

    /// The signals mean again what they mean to any program.
    static func giveBack(_ signals: [Int32]) {
        for number in signals { signal(number, SIG_DFL) }
        takers.withLock { takers in
            for number in signals { takers[number] = nil }
        }
    }

    private static func begin() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "no pipe for signals: \(String(cString: strerror(errno)))")
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let reading = ends[0]
        signalPipe = ends[1]
        Thread.detachNewThread {
            var number: Int32 = 0
            while true {
                let count = read(reading, &number, MemoryLayout<Int32>.size)
                guard count == MemoryLayout<Int32>.size else {
                    if count < 0, errno == EINTR { continue }
                    return
                }
                takers.withLock { $0[number] }?(number)
            }
        }
    }
}

/// Where handlers write; set once, before the first of them is in place.
nonisolated(unsafe) private var signalPipe: Int32 = -1

/// What is allowed in a handler is little: `write` is, and what was interrupted must find its error as it was.
private func noteSignal(_ number: Int32) {
    let saved = errno
    var number = number
    _ = write(signalPipe, &number, MemoryLayout<Int32>.size)
    errno = saved
}
