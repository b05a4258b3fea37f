import Foundation
import Testing

@testable import Runtime

/// Files that are no notebooks, and what their reader is told.
@Suite struct NotebookSourceTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tickbook-files-\(UUID().uuidString)").path

    private func told(_ name: String, _ bytes: [UInt8]?) throws -> String? {
        try FileManager.default.createDirectory(atPath: folder + "/empty", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("---\n".utf8).write(to: URL(fileURLWithPath: folder + "/prices.md"))
        if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name)) }
        do {
            _ = try NotebookSource.text(folder + "/" + name)
            return nil
        } catch {
            return error.description.replacing(folder, with: "FOLDER")
        }
    }

    @Test func missingFilesAreToldFromMisspeltOnes() throws {
        #expect(try told("gone.md", nil) == "The notebook 'FOLDER/gone.md' cannot be read: there is no such file; 'FOLDER' has prices.md.")
        #expect(
            try told("price.md", nil)
                == "The notebook 'FOLDER/price.md' cannot be read: there is no such file; perhaps 'FOLDER/prices.md' is meant.")
        #expect(try told("empty/x.md", nil) == "The notebook 'FOLDER/empty/x.md' cannot be read: there is no such file.")
        #expect(try told("prices.md/x.md", nil) == "The notebook 'FOLDER/prices.md/x.md' cannot be read: Not a directory.")
    }

    @Test func foldersAreToldWithWhatTheyHold() throws {
        #expect(try told("", nil) == "The notebook 'FOLDER/' cannot be read: it is a folder; 'FOLDER/' has prices.md.")
        #expect(try told("empty", nil) == "The notebook 'FOLDER/empty' cannot be read: it is a folder.")
    }

    @Test func whatIsNoTextIsToldByItsPlace() throws {
        #expect(
            try told("a.md", Array("---\ntitle: ".utf8) + [0xE9] + Array("t\n".utf8))
                == "The notebook 'FOLDER/a.md' cannot be read: it is not UTF-8 text: line 2 holds the byte 0xE9; save it as UTF-8.")
        #expect(
            try told("a.md", [0xFF, 0xFE, 0x2D, 0]) == "The notebook 'FOLDER/a.md' cannot be read: it is UTF-16 text; save it as UTF-8.")
        #expect(
            try told("a.md", Array("PAR1\n".utf8) + [0, 1])
                == "The notebook 'FOLDER/a.md' cannot be read: it is no text: line 2 holds a zero byte.")
        #expect(
            try told("a.md", [UInt8](repeating: 0x78, count: 17 << 20))
                == "The notebook 'FOLDER/a.md' cannot be read: it has more than 16 MiB, and a notebook is text; "
                + "data are read with csv(…) in a cell.")
        #expect(try told("a.md", Array("é 株\n".utf8)) == nil)
    }
}
