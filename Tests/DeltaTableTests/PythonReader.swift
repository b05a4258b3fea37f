import ChildPrograms
import Foundation

/// The real Delta reader of the tests: the `deltalake` package behind `Python/delta_tables.py`.
struct PythonReader {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    private static let testFolder = URL(filePath: #filePath).deletingLastPathComponent()

    /// `TICKBOOK_PYTHON`, else the package's own environment.
    private static func python() throws -> String {
        let fallback = testFolder.deletingLastPathComponent().deletingLastPathComponent().appending(path: ".deps/venv/bin/python").path
        let path = ProcessInfo.processInfo.environment["TICKBOOK_PYTHON"] ?? fallback
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Missing(
                description: "no Python at \(path): these tests read tables with the deltalake package; set TICKBOOK_PYTHON to a "
                    + "Python that has deltalake and pyarrow")
        }
        return path
    }

    /// Sends one request and returns the answer.
    static func ask(_ request: [String: Any]) throws -> [String: Any] {
        let script = testFolder.appending(path: "Python/delta_tables.py").path
        let ended = try ChildProgram.run(python(), [script], input: JSONSerialization.data(withJSONObject: request))
        guard ended.code == 0, let object = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any] else {
            throw Missing(description: "delta_tables.py failed on \(request["do"] ?? "nothing"): \(ended.errors)")
        }
        return object
    }
}
