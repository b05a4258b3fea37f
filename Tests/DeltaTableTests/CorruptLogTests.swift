import Testing

@testable import DeltaTable

@Suite struct CorruptLogTests {
    private static let start = [
        #"{"protocol":{"minReaderVersion":1,"minWriterVersion":2}}"#,
        #"{"metaData":{"id":"i","format":{"provider":"parquet","options":{}},"#
            + #""schemaString":"{\"type\":\"struct\",\"fields\":[{\"name\":\"x\",\"type\":\"long\",\"nullable\":true,\"metadata\":{}}]}","#
            + #""partitionColumns":[],"configuration":{}}}"#,
    ]

    /// The fault of a table whose log files have these lines.
    private func fault(_ files: [Int: [String]], others: [String] = []) -> String {
        let storage = InMemoryLogStorage(location: "t/_delta_log")
        for (version, lines) in files { _ = storage.putIfAbsent(logFileName(version), Array(lines.joined(separator: "\n").utf8)) }
        for name in others { _ = storage.putIfAbsent(name, []) }
        return faultText { _ = try DeltaTable(root: "t", storage: storage).snapshot() }
    }

    @Test func aSoundLogHasNoFault() { #expect(fault([0: Self.start]) == "") }

    @Test func missingVersionIsNamed() {
        let text = fault([0: Self.start, 1: ["{}"], 3: ["{}"]])
        #expect(text.contains("version 2 of the log is missing while version 3 exists"))
        #expect(text.contains("00000000000000000002.json"))
    }

    @Test func invalidJSONIsPlacedByFileLineAndByte() {
        let text = fault([0: Self.start, 1: ["{\"txn\":{\"appId\":\"a\",\"version\":1}}", "{\"add\":{\"path\":\"a\""]])
        #expect(text.hasPrefix("t/_delta_log/00000000000000000001.json, line 2: invalid JSON at byte 19"))
        #expect(text.contains("returns the table to version 0"))
    }

    @Test func emptyFileIsRefused() { #expect(fault([0: Self.start, 1: []]).contains("00000000000000000001.json: the file is empty")) }

    @Test func missingMetadataIsNamed() { #expect(fault([0: [Self.start[0]]]).contains("there is no metaData action")) }

    @Test func missingProtocolIsNamed() { #expect(fault([0: [Self.start[1]]]).contains("there is no protocol action")) }

    @Test func higherProtocolIsRefusedWithItsFeatures() {
        let line = #"{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],"writerFeatures":[]}}"#
        let text = fault([0: Self.start, 1: [line]])
        #expect(text.contains("line 1: the table needs reader version 3 and writer version 7 (deletionVectors)"))
    }

    @Test func logWhoseBeginningIsGoneIsRefused() {
        #expect(fault([10: ["{}"]]).contains("begins at version 10"))
        #expect(fault([:], others: ["_last_checkpoint"]).contains("holds no checkpoint"))
    }

    @Test func checkpointThatCannotBeReadIsNamed() {
        let text = fault([10: ["{}"]], others: ["00000000000000000010.checkpoint.parquet", "_last_checkpoint"])
        #expect(text.contains("00000000000000000010.checkpoint.parquet: the log before this checkpoint is gone"))
    }

    @Test(arguments: [
        (#"{"add":{"size":1}}"#, "lacks path or size"), (#"{"add":{"path":"%zz","size":1}}"#, "undecodable path"),
        (#"{"add":{"path":"a","size":1,"stats":"{"}}"#, "stats that are no JSON"), (#"{"remove":{}}"#, "remove lacks a path"),
        (#"{"txn":{"appId":"a"}}"#, "txn lacks"), (#"{"add":{"path":"s3://b/a","size":1}}"#, "outside the table"),
        (#"[1]"#, "expected an action"),
    ]) func malformedActionIsPlaced(line: String, words: String) {
        let text = fault([0: Self.start + [line]])
        #expect(text.contains("00000000000000000000.json, line 3") && text.contains(words))
    }

    @Test func unsupportedColumnTypeNamesTheColumn() {
        #expect(fault([0: Self.start.map { $0.replacing("long", with: "binary") }]).contains("column 'x' has type \"binary\""))
    }
}
