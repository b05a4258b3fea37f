import Foundation

/// How the process ends, once all is written.
enum ProcessEnd {
    /// Ends at once, with what was printed. The engine may still be opening, or ending a query, in threads of its own, and a process
    /// that takes down its libraries under them can crash or wait for ever.
    static func now(_ code: Int32) -> Never {
        fflush(nil)
        _exit(code)
    }
}
