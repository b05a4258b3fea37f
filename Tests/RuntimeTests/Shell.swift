import ChildPrograms
import Foundation
import Testing

/// Other programs, as a test's witnesses.
enum Shell {
    /// What the program printed; a failure of its own is an issue of the test.
    @discardableResult
    static func run(_ program: String, _ arguments: [String]) throws -> Data {
        let ended = try ChildProgram.run(program, arguments)
        #expect(ended.code == 0, "\(program) \(arguments): \(ended.errors)")
        return Data(ended.output.utf8)
    }

    /// A script of `Python/`, in `TICKBOOK_PYTHON` or else the package's own environment; its answer is JSON.
    static func python(_ script: String, _ arguments: [String]) throws -> Any {
        let python = ProcessInfo.processInfo.environment["TICKBOOK_PYTHON"] ?? repositoryFolder + "/.deps/venv/bin/python"
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Python").path
        return try JSONSerialization.jsonObject(with: run(python, [folder + "/" + script] + arguments))
    }
}
