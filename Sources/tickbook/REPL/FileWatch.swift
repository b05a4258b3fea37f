import Dispatch
import Foundation
import Synchronization

/// Looks after a file while the prompt waits, and says once that it has changed; the session itself reads it at the next prompt.
final class FileWatch: Sendable {
    private struct State {
        var path: String?
        var words = ""
        var stamp: Stamp?
    }

    private struct Stamp: Equatable {
        let inode: UInt64
        let size: Int
        let seconds: Int
        let nanoseconds: Int
    }

    private let state = Mutex(State())
    private static let interval = DispatchTimeInterval.milliseconds(500)
    /// Dispatch's own objects may be used by any thread.
    nonisolated(unsafe) private let timer = DispatchSource.makeTimerSource(queue: .global())

    init(tell: @escaping @Sendable (_ words: String) -> Void) {
        timer.schedule(deadline: .now() + Self.interval, repeating: Self.interval)
        timer.setEventHandler { [weak self] in if let words = self?.changeWords() { tell(words) } }
        timer.resume()
    }

    deinit { timer.cancel() }

    /// Begins to look after a file as it is now; `words` are said of its change.
    func begin(_ path: String, saying words: String) {
        let state = State(path: path, words: words, stamp: Self.stamp(path))
        self.state.withLock { $0 = state }
    }

    func end() { state.withLock { $0 = State() } }

    private func changeWords() -> String? {
        state.withLock { state in
            guard let path = state.path, let now = Self.stamp(path), now != state.stamp else { return nil }
            state.path = nil
            return state.words
        }
    }

    private static func stamp(_ path: String) -> Stamp? {
        var information = stat()
        guard stat(path, &information) == 0 else { return nil }
        return Stamp(
            inode: UInt64(information.st_ino), size: Int(information.st_size), seconds: information.st_mtim.tv_sec,
            nanoseconds: information.st_mtim.tv_nsec)
    }
}
