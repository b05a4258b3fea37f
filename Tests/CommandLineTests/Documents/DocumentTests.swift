import ChildPrograms
import Foundation
import Testing

/// Every command of the documents is run, and what it prints is what the document shows; every cell of the language reference is run.
///
/// With TICKBOOK_RECORD=1 in the environment the shown outputs are written anew.
@Suite struct DocumentTests {
    private static let isRecording = ProcessInfo.processInfo.environment["TICKBOOK_RECORD"] == "1"

    @Test(arguments: ["README.md", "docs/tutorial.md", "docs/notebooks.md"]) func everyCommandPrintsWhatIsShown(document: String) throws {
        let folder = try DocumentFolder()
        let url = URL(fileURLWithPath: repositoryFolder + "/" + document)
        let text = try String(contentsOf: url, encoding: .utf8)
        var blocks = MarkdownBlocks(text)
        #expect(blocks.text == text)
        var outputs = try DocumentScript(blocks).run(in: folder.path, environment: folder.environment)[...]
        for (index, piece) in blocks.pieces.enumerated() {
            guard case .block(var block) = piece, block.kind == "console" else { continue }
            var lines: [String] = []
            for step in ConsoleBlock(block.lines).steps {
                let found = ShownOutput.lines(outputs.removeFirst(), for: step)
                lines += ["$ " + step.command[0]] + step.command.dropFirst() + found
                if Self.isRecording { continue }
                #expect(
                    ShownOutput.comparable(found) == ShownOutput.comparable(step.shown), "\(document):\(block.number): \(step.command[0])")
            }
            block.lines = lines
            blocks.pieces[index] = .block(block)
        }
        if Self.isRecording { try blocks.text.write(to: url.resolvingSymlinksInPath(), atomically: true, encoding: .utf8) }
    }

    /// What is only named, such as `make test`, is there.
    @Test(arguments: ["README.md", "docs/tutorial.md", "docs/notebooks.md", "docs/operations.md"]) func everyMakeTargetIsThere(
        document: String
    ) throws {
        let makefile = try String(contentsOfFile: repositoryFolder + "/Makefile", encoding: .utf8)
        let blocks = MarkdownBlocks(try String(contentsOfFile: repositoryFolder + "/" + document, encoding: .utf8)).blocks
        for line in blocks.filter({ $0.kind == "sh" }).flatMap(\.lines) {
            guard let command = line.firstMatch(of: /^make ([a-z-]+)/) else { continue }
            #expect(makefile.contains("\n\(command.1):"), "\(document): make \(command.1)")
        }
    }

    @Test func everyCellOfTheReferenceRuns() throws {
        let folder = try DocumentFolder()
        let reference = MarkdownBlocks(try String(contentsOfFile: repositoryFolder + "/docs/language.md", encoding: .utf8))
        let cells = reference.blocks.filter { $0.kind == "tick" }
        #expect(cells.count >= 10)
        var script = [
            "scripts/sample-prices data/inbox/stocks.csv", "tickbook run notebooks/stock_direction.md --no-serve || exit 1",
            "tickbook run tables.md || exit 1",
        ]
        try folder.write("tables.md", Self.tables)
        try folder.write("data/sectors.csv", "symbol,sector\nAAPL,hardware\nIBM,services\nMSFT,software\n")
        for cell in cells {
            try folder.write("line-\(cell.number).md", "---\ntickbook: 1\n---\n```tick\n\(cell.lines.joined(separator: "\n"))\n```\n")
            script.append("tickbook run line-\(cell.number).md --no-serve || { echo 'docs/language.md:\(cell.number) fails' >&2; }")
        }
        let ended = try ChildProgram.run(
            "/bin/bash", ["-c", script.joined(separator: "\n")], in: folder.path, environment: folder.environment, limit: .seconds(180))
        #expect(ended.code == 0 && !ended.errors.contains(" fails"), "\(ended.errors)")
    }

    /// The tables that the reference's cells read.
    private static let tables = """
        ---
        tickbook: 1
        ---
        ```tick
        table prices = curated.stocks.daily_prices
        table sectors = csv("data/sectors.csv")
        ```

        """
}

/// A folder as the documents' reader has it after `make build`: the checkout's scripts and notebooks, the program on the PATH.
private final class DocumentFolder {
    private let line: CommandLine
    var path: String { line.path }

    init() throws {
        line = try CommandLine.sample()
        for name in ["notebook.md", "data/inbox/stocks.csv"] { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }
        for name in ["notebooks", "scripts"] {
            try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: "\(repositoryFolder)/\(name)")
        }
    }

    var environment: [String: String] {
        let program = (CommandLine.program as NSString).deletingLastPathComponent
        return [
            "PATH": "\(program):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")", "NO_COLOR": "1", "LC_ALL": "C.UTF-8",
        ]
    }

    func write(_ name: String, _ text: String) throws { try line.write(name, text) }
}
