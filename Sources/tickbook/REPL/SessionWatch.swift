import Dispatch
import Foundation

/// Ends a server whose session is gone, however that ended.
final class SessionWatch {
    private let timer = DispatchSource.makeTimerSource(queue: .global())

    init(session: Int32) {
        timer.schedule(deadline: .now(), repeating: .seconds(1))
        timer.setEventHandler { if getppid() != session { kill(getpid(), SIGTERM) } }
        timer.resume()
    }

    func stop() { timer.cancel() }
}
