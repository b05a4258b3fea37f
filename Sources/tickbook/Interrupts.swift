import Foundation
import Runtime
import Synchronization

/// Turns Ctrl-C and a polite end into a cancelled run, once; a second one, given by someone who waited, ends the process.
struct Interrupts {
    private static let signals = [SIGINT, SIGTERM]

    init(cancelling provider: EngineProvider) {
        let first = FirstSignal()
        // The engine must end before the process does, not when a thread gets to letting this go.
        SignalWatch.take(Self.signals) { [weak provider] _ in
            if first.isFirst { provider?.cancel() } else if first.isLongAgo { _exit(130) }
        }
    }

    /// The signals mean again what they mean to any program.
    func stop() { SignalWatch.giveBack(Self.signals) }
}

/// When the first of several signals came.
final class FirstSignal: Sendable {
    private let time = Mutex<ContinuousClock.Instant?>(nil)

    /// Whether none came before this one.
    var isFirst: Bool {
        time.withLock { time in
            defer { time = time ?? .now }
            return time == nil
        }
    }

    /// Whether another signal is one more, and not the same: one Ctrl-C may arrive twice, from the terminal and from a program around
    /// this one.
    var isLongAgo: Bool { time.withLock { $0 }.map { .now - $0 > .milliseconds(300) } ?? false }
}
