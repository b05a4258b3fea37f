import ChildPrograms
import Foundation

extension CommandLine {
    /// A session whose statements come from standard input.
    func session(_ script: String, on notebook: String? = "notebook.md", environment: [String: String] = [:]) throws -> Ended {
        try begunSession(script, on: notebook, environment: environment).ended()
    }

    /// The same, while it runs.
    func begunSession(_ script: String, on notebook: String? = "notebook.md", environment: [String: String] = [:]) throws -> ChildProgram {
        try ChildProgram(
            Self.program, notebook.map { [$0] } ?? [], in: path, environment: environment, input: Data(script.utf8), limit: .seconds(120))
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }
}

/// A query that no machine answers within a test's time: 12,154³ pairs.
let endlessQuery = """
    let a = raw.stocks | derive(one = 1) | select(one, x = close)
    let b = raw.stocks | derive(one = 1) | select(one, y = close)
    let c = raw.stocks | derive(one = 1) | select(one, z = close)
    a | join(b, on = one) | join(c, on = one) | summarize(n = sum(x * y * z))
    """
