import Columnar
import Engine

extension Transaction {
    /// The log file of this commit as the version after `current`; `modificationTimes` go with `adds`.
    func content(after current: Snapshot?, modificationTimes: [Int64], time: Int64) throws -> [UInt8] {
        let metadata = wantedMetadata(after: current)
        var actions = [JSON.Member("commitInfo", try info(after: current, time: time).json(isBlindAppend: rule == .blindAppend))]
        if current == nil { actions.append(JSON.Member("protocol", Transaction.tableProtocol)) }
        if current?.metadata.isSame(as: metadata) != true {
            actions.append(JSON.Member("metaData", try metadata.json(createdTime: time)))
        }
        if let identity { actions.append(JSON.Member("txn", Transaction.txn(identity, time))) }
        for file in removes {
            let partitioning = current?.partitioning ?? []
            actions.append(JSON.Member("remove", try file.remove(partitioning: partitioning, time: time, dataChange: changesData)))
        }
        for (file, modificationTime) in zip(adds, modificationTimes) {
            let add = try DataFile.add(
                file, metadata: metadata, modificationTime: modificationTime, sortKey: sortKey, dataChange: changesData)
            actions.append(JSON.Member("add", add))
        }
        actions += returning.map { JSON.Member("add", $0.add) }
        return Transaction.lines(actions)
    }

    private static let tableProtocol = JSON.object([
        JSON.Member("minReaderVersion", .int(1)), JSON.Member("minWriterVersion", .int(2)),
    ])

    private static func txn(_ identity: Identity, _ time: Int64) -> JSON {
        .object([
            JSON.Member("appId", .string(identity.appId)), JSON.Member("version", .int(identity.version)),
            JSON.Member("lastUpdated", .int(time)),
        ])
    }

    static func lines(_ actions: [JSON.Member]) -> [UInt8] {
        var bytes: [UInt8] = []
        for action in actions {
            JSON.object([action]).append(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    private func info(after current: Snapshot?, time: Int64) -> CommitInfo {
        let replacesAll = !removes.isEmpty && removes.count == current?.files.count
        let partitionBy = JSON.array(partitioning.map { .string($0.name) }).text
        return CommitInfo(
            timestamp: time, operation: operation,
            operationParameters: parameters ?? ["mode": replacesAll ? "Overwrite" : "Append", "partitionBy": partitionBy],
            operationMetrics: [
                "numFiles": String(adds.count + returning.count), "numRemovedFiles": String(removes.count),
                "numOutputRows": String(adds.reduce(0) { $0 + $1.rowCount }),
                "numOutputBytes": String(adds.reduce(0) { $0 + $1.byteCount }),
            ], record: record)
    }
}
