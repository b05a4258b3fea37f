import Columnar
import Engine

/// Applies commits one after another (Delta protocol, "Action Reconciliation").
struct LogReplay {
    private let folder: String
    private var version: Int
    private var metadata: TableMetadata?
    private var hasProtocol: Bool
    /// Removed files leave nil behind until the end, so that a commit's cost does not grow with the table.
    private var slots: [DataFile?]
    /// Places in `slots` by encoded path: as plain text, two spellings of one letter would compare equal.
    private var places: [String: Int]
    private var transactions: [String: ApplicationTransaction]
    private var lastCommit: CommitActions?
    private var lastCommitInfo: CommitInfo
    private var lastChange: Int

    init(folder: String) {
        self.folder = folder
        version = -1
        hasProtocol = false
        slots = []
        places = [:]
        transactions = [:]
        lastCommitInfo = .unknown
        lastChange = -1
    }

    /// Continues after `snapshot`.
    init(folder: String, from snapshot: Snapshot) {
        self.folder = folder
        version = snapshot.version
        metadata = snapshot.metadata
        hasProtocol = true
        slots = snapshot.files
        places = [:]
        places.reserveCapacity(slots.count)
        for (place, file) in snapshot.files.enumerated() { places[PartitionPath.uriEncoded(file.path)] = place }
        transactions = snapshot.transactions
        lastCommitInfo = snapshot.lastCommit
        lastChange = snapshot.lastChange
    }

    mutating func apply(_ commit: CommitActions) throws {
        version = commit.version
        for action in commit.protocols { try commit.placing(action) { try applyProtocol($0) } }
        for action in commit.metadata { try commit.placing(action) { try applyMetadata($0) } }
        guard hasProtocol, let metadata else {
            let missing = hasProtocol ? "metaData" : "protocol"
            throw commit.fault(.malformed("there is no \(missing) action in this version or before"), nil)
        }
        for action in commit.removes { try commit.placing(action) { try remove($0) } }
        for action in commit.adds { try commit.placing(action) { try add($0, metadata) } }
        for action in commit.transactions { try commit.placing(action) { try applyTransaction($0) } }
        lastCommit = commit
    }

    /// Starts from the state that a checkpoint holds. It says neither who committed last nor which version changed rows last.
    mutating func begin(with base: CommitActions) throws {
        try apply(base)
        lastCommit = nil
        lastChange = -1
    }

    /// Whether the commits applied say which version changed rows last.
    var knowsLastChange: Bool { lastChange >= 0 }

    mutating func note(lastChange: Int) { self.lastChange = lastChange }

    mutating func note(lastCommit: CommitActions) { self.lastCommit = lastCommit }

    /// The table as it stands after the commits applied so far.
    func snapshot() throws -> Snapshot {
        var info = lastCommitInfo
        if let lastCommit { info = try lastCommit.info() }
        return Snapshot(
            version: version, metadata: metadata!, files: slots.compactMap(\.self), transactions: transactions, lastCommit: info,
            lastChange: lastChange)
    }

    private mutating func applyProtocol(_ json: JSON) throws {
        guard let reader = json["minReaderVersion"]?.int, let writer = json["minWriterVersion"]?.int else {
            throw LogMistake.malformed("protocol lacks minReaderVersion or minWriterVersion")
        }
        guard reader <= 1, writer <= 2 else {
            let features = Set((json["readerFeatures"]?.array ?? []) + (json["writerFeatures"]?.array ?? [])).compactMap(\.string)
            let named = features.isEmpty ? "" : " (\(features.sorted().joined(separator: ", ")))"
            throw LogMistake.unsupported(
                "the table needs reader version \(reader) and writer version \(writer)\(named); Tickbook has reader 1 and writer 2",
                remedy: "Copy the table with the program that made it into one without these features, or read it there.")
        }
        hasProtocol = true
    }

    private mutating func applyMetadata(_ json: JSON) throws {
        metadata = try TableMetadata(json: json)
        lastChange = version
    }

    private mutating func applyTransaction(_ json: JSON) throws {
        guard let id = json["appId"]?.string, let number = json["version"]?.int else {
            throw LogMistake.malformed("txn lacks appId or version")
        }
        transactions[id] = ApplicationTransaction(version: number, committedIn: version)
    }

    private mutating func remove(_ json: JSON) throws {
        guard let logPath = json["path"]?.string, let path = PartitionPath.uriDecoded(logPath) else {
            throw LogMistake.malformed("remove lacks a path")
        }
        if let place = places.removeValue(forKey: PartitionPath.uriEncoded(path)) { slots[place] = nil }
        noteChange(json)
    }

    private mutating func add(_ json: JSON, _ metadata: TableMetadata) throws {
        let file = try DataFile(add: json, metadata: metadata, version: version)
        let key = PartitionPath.uriEncoded(file.path)
        if let place = places[key] {
            slots[place] = file
        } else {
            places[key] = slots.count
            slots.append(file)
        }
        noteChange(json)
    }

    private mutating func noteChange(_ json: JSON) {
        if json["dataChange"]?.bool != false { lastChange = version }
    }
}

extension CommitActions {
    func info() throws -> CommitInfo {
        guard let commitInfo else { return .unknown }
        return try placing(commitInfo) { try CommitInfo(json: $0) }
    }
}
