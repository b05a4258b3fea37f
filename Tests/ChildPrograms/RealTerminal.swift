import Foundation

/// A program in a terminal of a fixed size, as someone who sits before it sees and uses it.
///
/// The terminal is tmux with a server of its own, which runs in the foreground as a `ChildProgram`: at the latest when its limit is
/// reached it is killed, its terminal is gone, and the program in it gets a hang-up.
package final class RealTerminal {
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    private let server: ChildProgram
    private let folder: String
    private static let environment = ["LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "TMUX": "", "SHELL": "/bin/sh"]
    /// How long one look or one key may take.
    private static let patience = Duration.seconds(20)

    /// - Parameters:
    ///   - environment: of the program, beside this process's own.
    ///   - limit: for all that happens in the terminal.
    package init(
        _ program: String, _ arguments: [String] = [], in workingFolder: String, environment: [String: String] = [:], columns: Int = 100,
        rows: Int = 30, limit: Duration = .seconds(120)
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("tmux-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        server = try ChildProgram(
            Self.program(), ["-S", folder + "/socket", "-f", "/dev/null", "-u", "-D"], environment: Self.environment, limit: limit)
        try waitForServer()
        try tmux("set-option", "-g", "remain-on-exit", "on")
        // Through env, since tmux itself has the last word on TERM.
        let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let session = ["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-c", workingFolder, "--"]
        try tmux(session + ["/usr/bin/env"] + variables + [program] + arguments)
    }

    deinit {
        _ = try? ChildProgram.run(Self.program(), ["-S", folder + "/socket", "kill-server"], limit: .seconds(5))
        server.kill()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func program() throws -> String {
        let places = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/opt/homebrew/bin/tmux"]
        guard let found = places.first(where: { access($0, X_OK) == 0 }) else {
            throw Fault(description: "no tmux in \(places.joined(separator: ", ")); scripts/deps test installs it")
        }
        return found
    }

    // MARK: Using it

    /// Text as if typed; a line break in it is Return.
    package func type(_ text: String) throws {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { try press("Enter") }
            if !line.isEmpty { try tmux("send-keys", "-l", "--", String(line)) }
        }
    }

    /// Keys by tmux's names: `Enter`, `Tab`, `Up`, `C-c`, `C-d`.
    package func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

    /// Text as if pasted: in brackets for programs that ask for them.
    package func paste(_ text: String) throws {
        try tmux("set-buffer", "--", text)
        try tmux("paste-buffer", "-p", "-d")
    }

    package func resize(columns: Int, rows: Int) throws { try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)") }

    // MARK: Looking at it

    /// The lines on the screen, without blanks at their ends and without empty lines at the end.
    package var screen: String { get throws { Self.trimmed(try tmux("capture-pane", "-p")) } }

    /// The screen and what has scrolled off it.
    package var everything: String { get throws { Self.trimmed(try tmux("capture-pane", "-p", "-S", "-")) } }

    /// The program's exit code, or 128 and the number of the signal that ended it; nil while it runs.
    package var exitCode: Int? {
        get throws {
            let shown = Self.trimmed(try tmux("display-message", "-p", "#{pane_dead}/#{pane_dead_status}/#{pane_dead_signal}"))
            let words = shown.split(separator: "/", omittingEmptySubsequences: false)
            if words.count == 3, let code = Int(words[1]) ?? Int(words[2]).map({ 128 + $0 }) { return code }
            // tmux misses the end of a program that goes while its terminal closes, until another one ends.
            if words.first == "1" { try tmux("run-shell", "true") }
            return nil
        }
    }

    /// Waits until the screen shows the text; a fault says what it shows instead.
    package func waitFor(_ text: String, within patience: Duration = RealTerminal.patience) throws {
        try wait("'\(text)' on the screen", patience) { try self.screen.contains(text) }
    }

    /// Waits until the last line with anything on it is this.
    package func waitForLastLine(_ line: String) throws {
        try wait("'\(line)' as the last line", Self.patience) { try self.screen.split(separator: "\n").last.map(String.init) == line }
    }

    package func waitForEnd() throws -> Int {
        try wait("the program's end", Self.patience) { try self.exitCode != nil }
        return try exitCode ?? -1
    }

    package func wait(_ what: String, _ patience: Duration = RealTerminal.patience, until condition: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + patience
        while true {
            if try condition() { return }
            guard ContinuousClock.now < deadline else {
                throw Fault(description: "waited \(patience) for \(what); the screen shows:\n\(try screen)")
            }
            usleep(10_000)
        }
    }

    private static func trimmed(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    // MARK: tmux

    private func waitForServer() throws {
        let deadline = ContinuousClock.now + Self.patience
        while access(folder + "/socket", F_OK) != 0 {
            guard server.isRunning, ContinuousClock.now < deadline else {
                throw Fault(description: "tmux did not start: \(try server.errors.text)")
            }
            usleep(2_000)
        }
    }

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        let ended = try ChildProgram.run(
            Self.program(), ["-S", folder + "/socket", "-u"] + arguments, environment: Self.environment, limit: Self.patience)
        guard ended.code == 0 else {
            throw Fault(description: "tmux \(arguments.joined(separator: " ")): exit code \(ended.code)\n\(ended.errors)")
        }
        return ended.output
    }
}
