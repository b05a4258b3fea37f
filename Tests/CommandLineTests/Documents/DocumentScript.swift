import ChildPrograms
import Foundation

/// All that a document's reader types, as one shell script, so that a document costs one start of a shell.
///
/// Blocks of kind `console` are run; those of kind `markdown FILE` become that file; those of kind `tick NAME` go on the end of the file
/// written last. A command that ends in `&` is a server: it gets a free port in place of the one shown, and is waited for.
struct DocumentScript {
    private let blocks: [MarkdownBlocks.Block]
    private static let mark = "\u{1}"
    private static let port = "8000"

    init(_ document: MarkdownBlocks) { blocks = document.blocks }

    /// What each command of the `console` blocks printed, in order.
    func run(in folder: String, environment: [String: String]) throws -> [String] {
        let ended = try ChildProgram.run(
            "/bin/bash", ["-c", text], in: folder, environment: environment, limit: .seconds(120))
        let outputs = ended.output.components(separatedBy: Self.mark).dropFirst().map { output in
            output.hasSuffix("\n") ? String(output.dropLast()) : output
        }
        guard ended.code == 0, outputs.count == count + 1 else {
            throw Stopped(description: "the document's script ended early: \(ended.output.suffix(2000)) \(ended.errors)")
        }
        return Array(outputs.dropLast())
    }

    struct Stopped: Error, CustomStringConvertible {
        let description: String
    }

    private var count: Int { blocks.filter { $0.kind == "console" }.reduce(0) { $0 + ConsoleBlock($1.lines).steps.count } }

    private var text: String {
        var file = "notebook.md"
        var lines = ["port=\(Self.port)", "trap 'kill $(jobs -p) 2>/dev/null' EXIT"]
        for block in blocks {
            switch block.kind {
            case "console": lines += ConsoleBlock(block.lines).steps.flatMap(commands)
            case "markdown" where block.words.count == 2:
                file = block.words[1]
                lines += ["cat >\(file) <<'END OF FILE'"] + block.lines + ["END OF FILE"]
            case "tick":
                let opening = "```" + block.words.joined(separator: " ")
                lines += ["cat >>\(file) <<'END OF FILE'", "", opening] + block.lines + ["```", "END OF FILE"]
            default: break
            }
        }
        return (lines + ["printf '\\001'"]).joined(separator: "\n")
    }

    private func commands(_ step: ConsoleBlock.Step) -> [String] {
        let command = step.command.joined(separator: "\n").replacing("127.0.0.1:\(Self.port)", with: "127.0.0.1:$port")
        let begin = "printf '\\001'"
        if command.hasSuffix(" &") {
            return [begin] + server(String(command.dropLast(2)).replacing("--port \(Self.port)", with: "--port 0"))
        }
        if step.entries.isEmpty { return [begin, "{ \(command)", "} 2>&1"] }
        let typed = [ShownOutput.divider, ShownOutput.divider] + step.entries.flatMap { $0.typed + [ShownOutput.divider] }
        return [begin, "{ \(command)", "} 2>&1 <<'END OF INPUT'"] + typed + ["END OF INPUT"]
    }

    /// Started in the background; its first line says the port it was given.
    private func server(_ command: String) -> [String] {
        [
            "\(command) >server.log 2>&1 &",
            "for _ in $(seq 600); do grep -q 'http://' server.log && break; sleep 0.1; done",
            "port=$(grep -o '127.0.0.1:[0-9]*' server.log | head -n 1 | cut -d : -f 2)",
            "head -n 1 server.log | sed \"s/:$port/:\(Self.port)/\"",
        ]
    }
}
