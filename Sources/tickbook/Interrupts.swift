import Dispatch
import Foundation
import Runtime

/// Turns Ctrl-C and a polite end into a cancelled run, once; a second one ends the process.
final class Interrupts {
    private let sources: [any DispatchSourceSignal]

    init(cancelling provider: EngineProvider) {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if provider.isCancelled { _exit(130) }
                provider.cancel()
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
