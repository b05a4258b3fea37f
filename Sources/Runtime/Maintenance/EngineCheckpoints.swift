import Columnar
import DeltaTable
import Engine
import Foundation
import Planner

/// Checkpoints as Parquet files, written and read by the engine.
struct EngineCheckpoints: CheckpointFormat {
    let provider: EngineProvider
    let workspace: Workspace
    let warn: @Sendable (String) -> Void

    func encoded(_ lines: [UInt8]) throws -> [UInt8] {
        try withTemporaryFiles { text, parquet in
            try Data(lines).write(to: URL(fileURLWithPath: text))
            let opened = try provider.get()
            try opened.engine.execute(opened.dialect.checkpoint(ofLines: text, to: parquet))
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: parquet)))
        }
    }

    func decoded(_ content: [UInt8]) throws -> [UInt8] {
        try withTemporaryFiles { _, parquet in
            try Data(content).write(to: URL(fileURLWithPath: parquet))
            let opened = try provider.get()
            let rows = try opened.engine.query(opened.dialect.lines(ofCheckpoint: parquet), inputs: [:])
            var lines: [UInt8] = []
            while let batch = try rows.next() {
                for row in 0..<batch.count {
                    lines.append(contentsOf: batch.columns[0].bytes(row))
                    lines.append(UInt8(ascii: "\n"))
                }
            }
            return lines
        }
    }

    func failed(_ table: String, _ error: any Error) {
        guard !provider.isCancelled else { return }
        warn("warning: \(workspace.relative(table)): no checkpoint was written, which later versions may make up for: \(error)")
    }

    private func withTemporaryFiles(_ body: (_ text: String, _ parquet: String) throws -> [UInt8]) throws -> [UInt8] {
        let path = try workspace.temporaryFolder() + "/checkpoint-" + UUID().uuidString
        defer {
            unlink(path + ".json")
            unlink(path + ".parquet")
        }
        return try body(path + ".json", path + ".parquet")
    }
}
