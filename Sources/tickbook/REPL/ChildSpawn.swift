import Foundation

/// A program started with signals as any program expects them, whatever this process does with its own.
struct ChildSpawn {
    private let program: String
    private let arguments: [String]
    /// Files that stand for standard input, and for output and errors; nil for those of this process.
    private let input: String?
    private let output: String?
    private let isOwnGroup: Bool

    init(_ program: String, _ arguments: [String], input: String? = nil, output: String? = nil, isOwnGroup: Bool = false) {
        self.program = program
        self.arguments = arguments
        self.input = input
        self.output = output
        self.isOwnGroup = isOwnGroup
    }

    func start() throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input { posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0) }
        if let output {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        set(&attributes)
        var texts: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var settings: [UnsafeMutablePointer<CChar>?] = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in texts + settings { free(text) } }
        var process: pid_t = 0
        let number = posix_spawn(&process, program, &actions, &attributes, &texts, &settings)
        guard number == 0 else { throw CommandFault.unstartable(arguments.first ?? program, reason: String(cString: strerror(number))) }
        return process
    }

    private func set(_ attributes: inout posix_spawnattr_t) {
        var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        if isOwnGroup { flags |= POSIX_SPAWN_SETPGROUP }
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
    }

    /// Starts it and waits for its end; it has the terminal meanwhile.
    func run() throws -> Int32 {
        let process = try start()
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return Self.exitCode(status)
    }

    /// As a shell says it: 128 and the signal's number where one ended it.
    static func exitCode(_ status: Int32) -> Int32 { status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F) }
}
