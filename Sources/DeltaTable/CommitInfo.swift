import Foundation

/// Who committed a version, when and why: the log's `commitInfo`.
package struct CommitInfo: Sendable, Hashable {
    /// Milliseconds since 1970; nil where another writer left it out.
    package let timestamp: Int64?
    package let operation: String
    package let operationParameters: [String: String]
    package let operationMetrics: [String: String]
    package let engineInfo: String
    /// Nil when another program committed.
    package let record: CommitRecord?

    static let engineInfo = "Tickbook/0.1.0"

    init(
        timestamp: Int64?, operation: String, operationParameters: [String: String], operationMetrics: [String: String],
        engineInfo: String = CommitInfo.engineInfo, record: CommitRecord?
    ) {
        self.timestamp = timestamp
        self.operation = operation
        self.operationParameters = operationParameters
        self.operationMetrics = operationMetrics
        self.engineInfo = engineInfo
        self.record = record
    }

    /// A commit that says nothing about itself, which the protocol permits.
    static let unknown = CommitInfo(
        timestamp: nil, operation: "UNKNOWN", operationParameters: [:], operationMetrics: [:], engineInfo: "", record: nil)

    func json(isBlindAppend: Bool) throws -> JSON {
        var members = [
            JSON.Member("timestamp", .int(timestamp ?? 0)), JSON.Member("operation", .string(operation)),
            JSON.Member("operationParameters", .object(operationParameters)),
            JSON.Member("operationMetrics", .object(operationMetrics)), JSON.Member("isBlindAppend", .bool(isBlindAppend)),
            JSON.Member("engineInfo", .string(engineInfo)),
        ]
        if let record {
            let text = String(decoding: try JSONEncoder.stable.encode(record), as: UTF8.self)
            members.append(JSON.Member("tickbook", try JSON(parsing: text)))
        }
        return .object(members)
    }

    /// Throws `LogMistake` where Tickbook's own record is malformed.
    init(json: JSON) throws {
        let record = try json["tickbook"].map { record in
            do {
                return try JSONDecoder().decode(CommitRecord.self, from: Data(record.text.utf8))
            } catch {
                throw LogMistake.malformed("commitInfo.tickbook cannot be read: \(error)")
            }
        }
        self.init(
            timestamp: json["timestamp"]?.int, operation: json["operation"]?.string ?? "UNKNOWN",
            operationParameters: json["operationParameters"]?.texts ?? [:], operationMetrics: json["operationMetrics"]?.texts ?? [:],
            engineInfo: json["engineInfo"]?.string ?? "", record: record)
    }
}
