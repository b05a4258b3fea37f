/// How a checkpoint's actions become the bytes of its file and back.
///
/// Actions are lines of JSON, one each, as in a commit.
package protocol CheckpointFormat: Sendable {
    func encoded(_ lines: [UInt8]) throws -> [UInt8]
    func decoded(_ content: [UInt8]) throws -> [UInt8]
    /// Told why a checkpoint was not written; the commit before it stands all the same.
    func failed(_ table: String, _ error: any Error)
}

/// Checkpoints that are their own lines, for tables that no other program reads.
package struct PlainCheckpoints: CheckpointFormat {
    package init() {}

    package func encoded(_ lines: [UInt8]) -> [UInt8] { lines }
    package func decoded(_ content: [UInt8]) -> [UInt8] { content }
    package func failed(_ table: String, _ error: any Error) {}
}
