import ChildPrograms
import Foundation
import Testing

/// check, format and convert, on files and on standard input.
@Suite(.serialized) struct NotebookFileTests {
    private let line: CommandLine
    private static let cell = "```tick a\nshow  csv(\"data/inbox/*.csv\")|take( 2 )\n```\n"
    private static let tidy = "---\ntickbook: 1\n---\n# Prose  \n```tick a\nshow csv(\"data/inbox/*.csv\") | take(2)\n```\n"

    init() throws {
        line = try CommandLine()
        try line.write("data/inbox/a.csv", "x,y\n1,2\n")
        try line.notebook("# Prose  \n" + Self.cell)
    }

    private func piped(_ arguments: String..., input: String) throws -> Ended {
        try ChildProgram.run(CommandLine.program, arguments, in: line.path, input: Data(input.utf8))
    }

    private func contents(_ name: String) throws -> String { try String(contentsOfFile: line.path + "/" + name, encoding: .utf8) }

    private func expect(_ ended: Ended, _ code: Int32, _ words: String...) {
        #expect(ended.code == code, "\(ended.errors)")
        for word in words { #expect(ended.errors.contains(word), "\(ended.errors)") }
    }

    @Test func checkReadsStandardInput() throws {
        #expect(try piped("check", "-", input: Self.tidy).code == 0)
        let wrong = try piped("check", "-", input: Self.tidy.replacing("take(2)", with: "tak(2)"))
        expect(wrong, 2, "<stdin>:6:32: error: unknown verb 'tak'", "did you mean 'take'?")
        #expect(try piped("check", "-", "--json", input: Self.tidy.replacing("2)", with: "x)")).output.contains("\"file\":\"<stdin>\""))
    }

    @Test func checkGoesOnBehindAFileThatCannotBeRead() throws {
        try line.write("wrong.md", Self.tidy.replacing("take(2)", with: "tak(2)"))
        expect(try line.tickbook("check", "gone.md", "wrong.md"), 2, "'gone.md' cannot be read", "unknown verb 'tak'")
    }

    @Test func formatKeepsProseAndModeAndDoesNothingTwice() throws {
        let path = line.path + "/notebook.md"
        #expect(chmod(path, 0o640) == 0)
        try FileManager.default.createSymbolicLink(atPath: line.path + "/link.md", withDestinationPath: path)
        expect(try line.tickbook("format", "--check", "notebook.md"), 1, "notebook.md is not formatted; run tickbook format notebook.md")
        #expect(try contents("notebook.md").contains("take( 2 )"))
        expect(try line.tickbook("format", "link.md"), 0, "link.md formatted")
        #expect(try contents("notebook.md") == Self.tidy)
        var information = stat()
        #expect(lstat(path, &information) == 0 && information.st_mode & 0o777 == 0o640)
        #expect(lstat(line.path + "/link.md", &information) == 0 && information.st_mode & S_IFMT == S_IFLNK)
        let again = try line.tickbook("format", "notebook.md")
        #expect(again.code == 0 && again.errors.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: line.path).sorted() == ["data", "link.md", "notebook.md"])
    }

    @Test func formatPrintsStandardInput() throws {
        let ended = try piped("format", "-", input: "---\ntickbook: 1\n---\n# Prose  \n" + Self.cell)
        #expect(ended.code == 0)
        #expect(ended.output == Self.tidy)
        expect(try piped("format", "-", "--check", input: "---\ntickbook: 1\n---\n" + Self.cell), 1, "<stdin> is not formatted")
        expect(try piped("format", "-", "notebook.md", input: Self.tidy), 2, "'-' stands alone")
    }

    @Test func formatRefusesCodeThatCannotBeRead() throws {
        let wrong = Self.tidy.replacing("take(2)", with: "take(2")
        try line.write("wrong.md", wrong)
        expect(
            try line.tickbook("format", "wrong.md", "notebook.md"), 2, "wrong.md:6:36: error: '(' is never closed", "notebook.md formatted")
        #expect(try contents("wrong.md") == wrong)
    }

    @Test func convertGoesBothWaysAndNeverOverwritesUnasked() throws {
        expect(try line.tickbook("convert", "notebook.md", "--to", "a.ipynb"), 0, "a.ipynb: 1 cell and 2 texts")
        expect(try line.tickbook("convert", "a.ipynb", "--to", "notebook.md"), 0, "notebook.md is up to date")
        try line.write("b.md", "other")
        expect(try line.tickbook("convert", "a.ipynb", "--to", "b.md"), 1, "b.md is there already", "--replace")
        #expect(try contents("b.md") == "other")
        expect(try line.tickbook("convert", "a.ipynb", "--to", "b.md", "--replace"), 0)
        #expect(try contents("b.md") == contents("notebook.md"))
        let text = try contents("notebook.md")
        #expect(try piped("convert", "-", "--to", "c.ipynb", input: text).code == 0)
        #expect(try contents("c.ipynb") == contents("a.ipynb"))
        #expect(try line.tickbook("convert", "a.ipynb", "--to", "-").output == text)
    }

    @Test func convertSaysWhatItCannotDo() throws {
        expect(try line.tickbook("convert", "notebook.md", "--to", "b.md"), 2, "Expected a notebook and a Jupyter file")
        expect(try line.tickbook("convert", "notebook.md", "--to", "gone/a.ipynb"), 1, "gone/a.ipynb cannot be written", "No such file")
        try line.write("wrong.md", "# Prose\n")
        expect(try line.tickbook("convert", "wrong.md", "--to", "w.ipynb"), 2, "this is not a Tickbook notebook")
        try line.write("old.ipynb", "{\"nbformat\": 3}")
        expect(try line.tickbook("convert", "old.ipynb", "--to", "w.md"), 2, "old.ipynb: The file has Jupyter's format 3")
        try line.write(
            "python.ipynb",
            #"{"nbformat":4,"cells":[{"cell_type":"code","source":"print(1)","outputs":[{}]}],"metadata":{"language_info":{"name":"python"}}}"#
        )
        expect(
            try line.tickbook("convert", "python.ipynb", "--to", "p.md"), 0, "note: the code is python",
            "note: not kept: the outputs of 1 cell")
    }
}
