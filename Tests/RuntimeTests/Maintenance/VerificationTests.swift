import DeltaTable
import Foundation
import Testing

@testable import Runtime

/// Damage is found and named.
@Suite struct VerificationTests {
    private let maintained: MaintainedWorkspace
    private let file: String
    private var path: String { maintained.folder("raw.stocks") + "/" + file }

    init() throws {
        maintained = try MaintainedWorkspace()
        file = try maintained.snapshot("raw.stocks").files[0].path
    }

    private func verify() throws -> TableVerification.Outcome {
        try TableVerification(context: maintained.context, name: "raw.stocks").run()
    }

    /// The one fault, which must be the damaged file's.
    private func problem() throws -> String {
        let faults = try verify().faults
        #expect(faults.map(\.place) == [file])
        return faults.first?.problem ?? ""
    }

    private func flipByte(at offset: Int) throws {
        var content = try Data(contentsOf: URL(fileURLWithPath: path))
        content[offset] ^= 1
        try content.write(to: URL(fileURLWithPath: path))
    }

    /// Takes the hashes out of the log, as if another program had written the files.
    private func forgetHashes() throws {
        let log = maintained.folder("raw.stocks") + "/_delta_log"
        for name in try FileManager.default.contentsOfDirectory(atPath: log) {
            let text = try String(contentsOfFile: log + "/" + name, encoding: .utf8)
            try Data(text.replacing("tickbook.xxh64", with: "other").utf8).write(to: URL(fileURLWithPath: log + "/" + name))
        }
    }

    private func editLog(_ version: Int, _ old: String, _ new: String) throws {
        let log = maintained.folder("raw.stocks") + "/_delta_log/0000000000000000000\(version).json"
        let text = try String(contentsOfFile: log, encoding: .utf8)
        #expect(text.contains(old))
        try Data(text.replacing(old, with: new).utf8).write(to: URL(fileURLWithPath: log))
    }

    @Test func soundTableHasNoFault() throws {
        let outcome = try verify()
        #expect(outcome.faults.isEmpty)
        #expect(outcome.fileCount == 6)
        #expect(outcome.unhashed == 0)
    }

    @Test func tableWithoutHashesIsComparedWithItsStatistics() throws {
        try forgetHashes()
        let outcome = try verify()
        #expect(outcome.faults.isEmpty)
        #expect(outcome.unhashed == 6)
    }

    @Test func missingFileIsNamed() throws {
        try FileManager.default.removeItem(atPath: path)
        #expect(try problem() == "is missing")
    }

    @Test func truncatedFileIsNamed() throws {
        try (Data(contentsOf: URL(fileURLWithPath: path)).dropLast(5)).write(to: URL(fileURLWithPath: path))
        #expect(try problem().hasPrefix("is truncated"))
    }

    @Test func flippedByteIsFound() throws {
        try flipByte(at: 30)
        #expect(try problem().hasPrefix("was altered"))
    }

    @Test func unreadableFileWithoutHashIsNamed() throws {
        try forgetHashes()
        let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
        try flipByte(at: size - 1)
        #expect(try problem().hasPrefix("is no readable Parquet file"))
    }

    @Test func wrongRowCountIsNamed() throws {
        try editLog(2, #"\"numRecords\":1"#, #"\"numRecords\":4"#)
        #expect(try verify().faults.map(\.problem) == Array(repeating: "holds 1 rows where the log says 4", count: 2))
    }

    @Test func wrongBoundIsNamed() throws {
        try editLog(2, #"\"close\":7.0"#, #"\"close\":6.5"#)
        #expect(
            try verify().faults.map(\.problem) == [
                "column 'close' has the minimum 7.0 where the log says 6.5", "column 'close' has the maximum 7.0 where the log says 6.5",
            ])
    }

    @Test func wrongPartitionIsNamed() throws {
        try editLog(2, #""partitionValues":{"symbol":"B"}"#, #""partitionValues":{"symbol":"C"}"#)
        #expect(try verify().faults.map(\.problem) == ["holds rows of another partition: symbol B where the log says C"])
    }

    @Test func missingCommitIsNamed() throws {
        try FileManager.default.removeItem(atPath: maintained.folder("raw.stocks") + "/_delta_log/00000000000000000001.json")
        #expect(try verify().faults.first?.problem == "00000000000000000001.json is missing")
    }
}
