import Foundation

/// Where a thread is inside a plugin's code, so that a plugin that ends the process doesn't end it as if all were well.
enum PluginCall {
    /// What this thread's key holds while it is inside; see pthread_setspecific(3).
    nonisolated(unsafe) private static let inside = UnsafeMutableRawPointer(bitPattern: 1)!

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        atexit { PluginCall.refuseToEnd() }
        return key
    }()

    static func run<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let before = pthread_getspecific(key)
        pthread_setspecific(key, inside)
        defer { pthread_setspecific(key, before) }
        return try body()
    }

    /// The process's own threads call `exit` outside plugins, so this one was called by a plugin, whatever code it gave.
    private static func refuseToEnd() {
        guard pthread_getspecific(key) != nil else { return }
        let words =
            "error: a plugin's code ended the process, which it must not; tables stay as they were; "
            + "to find it, run: tickbook plugin test\n"
        _ = words.utf8.withContiguousStorageIfAvailable { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        _exit(1)
    }
}
