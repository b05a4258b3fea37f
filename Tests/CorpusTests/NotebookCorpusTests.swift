import Foundation
import Language
import Testing

/// Every wrong notebook of `Cases/notebooks.md`, and exactly what its reader is told.
@Suite struct NotebookCorpusTests {
    @Test func everyMessageIsAsRecorded() throws {
        let file = try CaseFile("notebooks")
        let rendered = file.sections.map(Self.rendered)
        if CaseFile.isRecording { return try file.record(rendered.map { [("text", $0)] }) }
        for (section, text) in zip(file.sections, rendered) { #expect(section.recorded("text") == text, "\(section.heading)") }
    }

    /// Where, what was expected or what to do: no message leaves its reader with the mistake alone.
    @Test func everyMessageSaysWhatToDo() throws {
        let sections = try CaseFile("notebooks").sections + CaseFile("errors").sections
        #expect(sections.count >= 150)
        for section in sections where section.recorded.first?.name == "text" {
            let text = try #require(section.recorded("text"))
            for message in text.components(separatedBy: "\n\n") {
                #expect(message.hasPrefix("notebook.md:"), "\(section.heading)")
                let helps = ["= expected: ", "= help: ", "did you mean"].contains(where: message.contains)
                #expect(helps || Self.saysItAll.contains(where: message.contains), "\(section.heading): \(message)")
            }
        }
    }

    /// Messages whose first line is all there is to say.
    private static let saysItAll = ["is given twice", "is defined twice"]

    static func rendered(_ section: CaseFile.Section) -> String {
        let text = section.code.replacing("␍", with: "\r").replacing("␉", with: "\t").replacing("⍰", with: "\u{FEFF}")
        let (_, reading) = Notebook.parse(path: "notebook.md", text: text)
        // As a check does: what the cells say is not looked at while they can't be told apart.
        let renderer = DiagnosticRenderer(path: "notebook.md", text: text)
        let found =
            reading.isEmpty ? CheckedCase(notebook: text, catalog: Fixtures.catalog, overrides: overrides(section)).diagnostics : reading
        return String(renderer.render(found).dropLast())
    }

    private static func overrides(_ section: CaseFile.Section) -> [String: String] {
        var overrides: [String: String] = [:]
        for line in section.prose.split(separator: "\n") where line.hasPrefix("-p ") {
            let parts = line.dropFirst(3).split(separator: "=", maxSplits: 1)
            overrides[String(parts[0])] = String(parts[1])
        }
        return overrides
    }
}
