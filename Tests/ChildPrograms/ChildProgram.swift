package import Foundation

/// Another program as a test's subject or witness. It cannot outlive its test nor make it wait for ever: it runs in a process group of
/// its own, which is killed at the deadline and when nobody holds this any more, and it inherits no descriptor and no signal's state.
package final class ChildProgram {
    package let processIdentifier: pid_t
    package let output: OutputFile
    package let errors: OutputFile
    private let name: String
    private let deadline: ContinuousClock.Instant
    private let limit: Duration
    /// As `waitpid` gave it, once the program ended.
    private var status: Int32?
    private var isOverdue = false

    /// - Parameters:
    ///   - environment: added to this process's own.
    ///   - input: what the program reads; nothing where nil.
    ///   - limit: counted from the start.
    package init(
        _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], input: Data? = nil,
        limit: Duration = .seconds(240)
    ) throws {
        name = ([program] + arguments).joined(separator: " ")
        (output, errors) = (try OutputFile(), try OutputFile())
        (self.limit, deadline) = (limit, .now + limit)
        let given = try input.map { try OutputFile(holding: $0) }
        processIdentifier = try Spawning(
            program: program, arguments: arguments, folder: folder,
            environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, input: given?.path ?? "/dev/null",
            output: output.path, errors: errors.path
        ).start()
    }

    deinit {
        _ = Foundation.kill(-processIdentifier, SIGKILL)
        if status == nil { waitpid(processIdentifier, nil, 0) }
    }

    /// Never true for long beyond the deadline, when the program is killed with all that it started.
    package var isRunning: Bool {
        reap()
        guard status == nil else { return false }
        if ContinuousClock.now >= deadline {
            isOverdue = true
            _ = Foundation.kill(-processIdentifier, SIGKILL)
        }
        return true
    }

    /// Exit code, or the number of the signal that ended it.
    package var terminationStatus: Int32 {
        waitUntilExit()
        let status = status ?? 0
        return status & 0x7f == 0 ? (status >> 8) & 0xff : status & 0x7f
    }

    package func interrupt() { signal(SIGINT) }
    package func terminate() { signal(SIGTERM) }
    package func kill() { signal(SIGKILL) }

    /// Sends a signal to the program, not to what it started.
    package func signal(_ number: Int32) {
        if isRunning { _ = Foundation.kill(processIdentifier, number) }
    }

    /// Returns at the deadline at the latest.
    package func waitUntilExit() {
        while isRunning { usleep(2_000) }
    }

    /// Waits for the end; one that came by the deadline is said in the errors.
    package func ended() throws -> Ended {
        let code = terminationStatus
        let late = isOverdue ? "\n\(name): had not ended after \(limit) and was killed" : ""
        return Ended(code: code, output: try output.text, errors: try errors.text + late)
    }

    private func reap() {
        guard status == nil else { return }
        var found: Int32 = 0
        if waitpid(processIdentifier, &found, WNOHANG) == processIdentifier { status = found }
    }
}

/// What a program did.
package struct Ended {
    package let code: Int32
    package let output: String
    package let errors: String

    package var lines: [String] { output.split(separator: "\n").map(String.init) }
}

extension ChildProgram {
    /// Runs a program to its end.
    package static func run(
        _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], input: Data? = nil,
        limit: Duration = .seconds(240)
    ) throws -> Ended {
        try ChildProgram(program, arguments, in: folder, environment: environment, input: input, limit: limit).ended()
    }
}
