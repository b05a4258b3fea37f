import Foundation

/// One server as a child process: a process group of its own, so that Ctrl-C at the terminal is not its, and nothing of the session's
/// open but what it says, which goes to a file.
final class ServerChild {
    private let process: pid_t
    private let log: String
    /// The text it serves, where that is no file of the analyst's.
    private let notebook: String?
    private var status: Int32?
    /// Longer than the server gives requests under way.
    private static let patience = Duration.seconds(12)

    /// `notebook` is taken away with the server.
    init(_ arguments: [String], notebook: String?, files: SessionFiles) throws {
        self.notebook = notebook
        log = files.path("serve.log")
        process = try ChildSpawn(
            "/proc/self/exe", ["tickbook"] + arguments, input: "/dev/null", output: log, isOwnGroup: true
        ).start()
    }

    deinit {
        unlink(log)
        if let notebook { unlink(notebook) }
    }

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

    enum Ending {
        case endedBefore, ended, killed
    }

    /// Asks it to end; requests under way are still answered.
    func ask() { if exitCode == nil { kill(process, SIGTERM) } }

    /// Ends it: politely, and by force where that takes too long or `isHurried` comes to say so.
    func stop(_ isHurried: () -> Bool) -> Ending {
        guard exitCode == nil else { return .endedBefore }
        ask()
        let start = ContinuousClock.now
        while exitCode == nil, !isHurried(), ContinuousClock.now - start < Self.patience { usleep(10_000) }
        guard exitCode == nil else { return .ended }
        kill(process, SIGKILL)
        var status: Int32 = 0
        if waitpid(process, &status, 0) == process { self.status = status }
        return .killed
    }
}
