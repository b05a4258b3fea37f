/// The actions of one log file, read but not yet applied.
struct CommitActions {
    let version: Int
    /// The log file's path, for messages.
    let file: String
    /// By kind; `line` counts from 1.
    private(set) var protocols: [(line: Int, json: JSON)] = []
    private(set) var metadata: [(line: Int, json: JSON)] = []
    private(set) var adds: [(line: Int, json: JSON)] = []
    private(set) var removes: [(line: Int, json: JSON)] = []
    private(set) var transactions: [(line: Int, json: JSON)] = []
    private(set) var commitInfo: (line: Int, json: JSON)?

    init(version: Int, folder: String, content: [UInt8]) throws {
        try self.init(version: version, file: folder + "/" + logFileName(version), content: content)
    }

    init(version: Int, file: String, content: [UInt8]) throws {
        self.version = version
        self.file = file
        var line = 0
        try content.withUnsafeBufferPointer { bytes in
            var start = 0
            while start < bytes.count {
                line += 1
                let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                if end > start { try read(UnsafeBufferPointer(rebasing: bytes[start..<end]), line) }
                start = end + 1
            }
        }
        if line == 0 { throw fault(.malformed("the file is empty"), nil) }
    }

    func fault(_ mistake: LogMistake, _ line: Int?) -> DeltaFault { DeltaFault(mistake, file: file, line: line, version: version) }

    /// Runs `body` on an action; a `LogMistake` it throws becomes a fault with the action's place.
    func placing<Result>(_ action: (line: Int, json: JSON), _ body: (JSON) throws -> Result) throws -> Result {
        do {
            return try body(action.json)
        } catch let mistake as LogMistake {
            throw fault(mistake, action.line)
        }
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Int) throws {
        let action: JSON
        do {
            action = try JSON(parsing: bytes)
        } catch {
            throw fault(.malformed("invalid JSON at byte \(error.offset + 1): expected \(error.expected)"), line)
        }
        guard let members = action.members else { throw fault(.malformed("expected an action, a JSON object"), line) }
        for member in members where member.value != .null {
            switch member.name {
            case "add": adds.append((line, member.value))
            case "remove": removes.append((line, member.value))
            case "txn": transactions.append((line, member.value))
            case "metaData": metadata.append((line, member.value))
            case "protocol": protocols.append((line, member.value))
            case "commitInfo": commitInfo = (line, member.value)
            default: break
            }
        }
    }
}
