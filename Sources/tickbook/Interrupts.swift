import Dispatch
import Foundation
import Runtime
import Synchronization

/// Turns Ctrl-C and a polite end into a cancelled run, once; a second one, given by someone who waited, ends the process.
final class Interrupts {
    private let sources: [any DispatchSourceSignal]
    /// One Ctrl-C may arrive twice, from the terminal and from a program around this one.
    private static let patience = Duration.milliseconds(300)

    init(cancelling provider: EngineProvider) {
        let first = Mutex<ContinuousClock.Instant?>(nil)
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            // The engine must end before the process does, not when a queue gets to letting this go.
            source.setEventHandler { [weak provider] in
                let now = ContinuousClock.now
                let earlier = first.withLock { first in
                    defer { first = first ?? now }
                    return first
                }
                guard let earlier else {
                    provider?.cancel()
                    return
                }
                if now - earlier > Self.patience { _exit(130) }
            }
            source.resume()
            return source
        }
    }

    /// The signals mean again what they mean to any program.
    func stop() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}
