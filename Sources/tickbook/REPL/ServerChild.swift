import Foundation

/// One server as a child process: a process group of its own, so that Ctrl-C at the terminal is not its, and nothing of the session's
/// open but what it says, which goes to a file.
final class ServerChild {
    private let process: pid_t
    private let log: String
    private var status: Int32?
    /// Longer than the server gives requests under way.
    private static let patience = Duration.seconds(12)

    init(_ arguments: [String]) throws {
        log = FileManager.default.temporaryDirectory.appendingPathComponent("tickbook-serve-\(UUID().uuidString)").path
        process = try ChildSpawn(
            "/proc/self/exe", ["tickbook"] + arguments, input: "/dev/null", output: log, isOwnGroup: true
        ).start()
    }

    deinit { unlink(log) }

    /// Nil while it runs.
    var exitCode: Int32? {
        if status == nil {
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process { self.status = status }
        }
        return status.map(ChildSpawn.exitCode)
    }

    var said: String { ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").trimmingCharacters(in: .whitespacesAndNewlines) }

    /// Where it answers, once it says so.
    var address: String? {
        said.firstMatch(of: #/Serving .* on (http://[^,]+),/#).map { String($0.1) }
    }

    /// Ends it: politely, and soon after in any case.
    @discardableResult
    func stop() -> Bool {
        guard exitCode == nil else { return false }
        kill(process, SIGTERM)
        let start = ContinuousClock.now
        while exitCode == nil, ContinuousClock.now - start < Self.patience { usleep(10_000) }
        guard exitCode == nil else { return true }
        kill(process, SIGKILL)
        var status: Int32 = 0
        if waitpid(process, &status, 0) == process { self.status = status }
        return true
    }
}
