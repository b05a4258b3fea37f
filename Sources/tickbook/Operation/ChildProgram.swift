import Foundation

/// Another program, run to its end or to the end of patience.
struct ChildProgram {
    private let program: String
    private let arguments: [String]
    var environment: [String: String] = [:]
    var input: FileHandle?
    private static let patience = DispatchTimeInterval.seconds(60)

    init(_ program: String, _ arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }

    /// Its exit code and what it said as error; what it prints goes where this program's errors go.
    func run() throws -> (code: Int32, errors: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input ?? FileHandle.nullDevice
        process.standardOutput = FileHandle.standardError
        let said = FileManager.default.temporaryDirectory.appendingPathComponent("tickbook-said-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: said.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: said) }
        let errors = try FileHandle(forWritingTo: said)
        process.standardError = errors
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        if ended.wait(timeout: .now() + Self.patience) == .timedOut {
            process.terminate()
            return (-1, "it had not ended after 60 seconds")
        }
        try errors.close()
        return (process.terminationStatus, (try? String(contentsOf: said, encoding: .utf8)) ?? "")
    }
}
