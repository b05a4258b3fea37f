import Language
import Testing

/// Every wrong notebook of `Cases/errors.md`, and exactly what its reader is told.
@Suite struct ErrorCorpusTests {
    @Test func everyMessageIsAsRecorded() throws {
        let file = try CaseFile("errors")
        let rendered = file.sections.map { CheckedCase($0.code).rendered }
        if CaseFile.isRecording { return try file.record(rendered.map { [("text", String($0.dropLast()))] }) }
        for (section, text) in zip(file.sections, rendered) {
            #expect(section.recorded("text") == String(text.dropLast()), "\(section.heading)")
        }
    }

    @Test func everyCaseIsWrong() throws {
        for section in try CaseFile("errors").sections { #expect(!CheckedCase(section.code).diagnostics.isEmpty, "\(section.heading)") }
    }
}
