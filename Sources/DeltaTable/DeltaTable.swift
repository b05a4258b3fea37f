import Engine

/// A versioned table (Delta Lake protocol, reader 1 and writer 2). Data files that no version names are never seen.
package struct DeltaTable: Sendable {
    /// Below a table's folder, what is kept to make later rows faster; the protocol leaves names with an underscore to writers.
    package static let statesFolder = "_states"

    /// The table's folder.
    package let root: String
    let storage: any LogStorage
    /// Nil where checkpoints are neither written nor read.
    let checkpoints: (any CheckpointFormat)?

    package init(root: String, checkpoints: (any CheckpointFormat)? = nil) {
        self.init(root: root, storage: FileLogStorage(root: root), checkpoints: checkpoints)
    }

    package init(root: String, storage: any LogStorage, checkpoints: (any CheckpointFormat)? = nil) {
        self.root = root
        self.storage = storage
        self.checkpoints = checkpoints
    }

    /// Whether there is a log to read. The folder of one, all that a first commit killed in the middle leaves, is none.
    package var hasLog: Bool {
        guard let names = try? storage.list() else { return true }
        return names.contains { logVersion($0) != nil || $0.contains(".checkpoint.") }
    }

    /// Nil where there is no table yet.
    package func latestVersion() throws -> Int? { try versions()?.upperBound }

    /// The table at a version, by default the newest; nil where there is no table yet.
    package func snapshot(at version: Int? = nil) throws -> Snapshot? {
        let listing = try listing()
        guard let available = try listing.versions(folder: storage.location) else {
            guard let version else { return nil }
            throw DeltaFault.unknownVersion(table: root, asked: version, available: nil)
        }
        let wanted = version ?? available.upperBound
        guard available.contains(wanted) else { throw DeltaFault.unknownVersion(table: root, asked: wanted, available: available) }
        var replay = LogReplay(folder: storage.location)
        guard let base = try newestBase(for: wanted, listing) else {
            for version in 0...wanted { try replay.apply(actions(of: version, newest: available.upperBound)) }
            return try replay.snapshot()
        }
        try replay.begin(with: base)
        for version in base.version + 1..<wanted + 1 { try replay.apply(actions(of: version, newest: available.upperBound)) }
        if base.version == wanted, wanted >= listing.firstOfAll {
            replay.note(lastCommit: try actions(of: wanted, newest: available.upperBound))
        }
        if !replay.knowsLastChange { replay.note(lastChange: try lastChange(upTo: base.version, listing)) }
        return try replay.snapshot()
    }

    /// The newest version, reading only what was committed after `snapshot`.
    package func refresh(_ snapshot: Snapshot) throws -> Snapshot {
        guard try storage.contains(logFileName(snapshot.version)) else {
            throw DeltaFault.missingVersion(folder: storage.location, version: snapshot.version, newest: snapshot.version)
        }
        guard var content = try storage.read(logFileName(snapshot.version + 1)) else { return snapshot }
        var replay = LogReplay(folder: storage.location, from: snapshot)
        var version = snapshot.version + 1
        while true {
            try replay.apply(CommitActions(version: version, folder: storage.location, content: content))
            version += 1
            guard let next = try storage.read(logFileName(version)) else { return try replay.snapshot() }
            content = next
        }
    }

    func listing() throws -> LogListing { LogListing(try storage.list()) }

    /// All versions that can be read.
    package func versions() throws -> ClosedRange<Int>? { try listing().versions(folder: storage.location) }

    func actions(of version: Int, newest: Int) throws -> CommitActions {
        guard let content = try storage.read(logFileName(version)) else {
            throw DeltaFault.missingVersion(folder: storage.location, version: version, newest: newest)
        }
        return try CommitActions(version: version, folder: storage.location, content: content)
    }
}

extension DeltaTable {
    /// Publishes `transaction` as the next version; after a conflict it is checked again and tried at the version after.
    /// `snapshot`, any earlier state of this table, saves reading the log anew.
    package func commit(_ transaction: Transaction, from snapshot: Snapshot? = nil) throws -> CommitOutcome {
        try transaction.validate(table: root)
        var current = try newest(after: snapshot)
        if let version = landed(transaction, in: current) { return .alreadyCommitted(version: version) }
        let modificationTimes = try storage.settle(
            transaction.adds.map { ($0.path, $0.byteCount) } + transaction.returning.map { ($0.path, $0.byteCount) })
        while true {
            try transaction.check(after: current, table: root)
            let version = (current?.version ?? -1) + 1
            let content = try transaction.content(after: current, modificationTimes: modificationTimes, time: millisecondsNow())
            if try storage.putIfAbsent(logFileName(version), content) {
                Failpoint.afterCommit.reach()
                writeCheckpointIfDue(at: version)
                return .committed(version: version)
            }
            current = try newest(after: current)
            if let version = landed(transaction, in: current) { return .alreadyCommitted(version: version) }
        }
    }

    private func newest(after snapshot: Snapshot?) throws -> Snapshot? {
        if let snapshot { try refresh(snapshot) } else { try self.snapshot() }
    }

    private func landed(_ transaction: Transaction, in current: Snapshot?) -> Int? {
        guard let identity = transaction.identity, let earlier = current?.transactions[identity.appId] else { return nil }
        return earlier.version >= identity.version ? earlier.committedIn : nil
    }
}

extension DeltaTable {
    /// What the commits of some versions say of themselves.
    package func commits(_ versions: ClosedRange<Int>) throws -> [CommitInfo] {
        try versions.map { try actions(of: $0, newest: versions.upperBound).info() }
    }
}

/// One line of a table's history.
package struct CommitSummary: Sendable, Hashable {
    package let version: Int
    /// Milliseconds since 1970; nil where another writer left it out.
    package let timestamp: Int64?
    package let operation: String
    /// Rows in the added files that say how many they have.
    package let rowsAdded: Int
    package let filesAdded: Int
    package let filesRemoved: Int
    /// Nil when another program committed.
    package let record: CommitRecord?
}

extension DeltaTable {
    /// The newest version first, at most `limit` of them; empty where there is no table yet.
    package func history(limit: Int = .max) throws -> [CommitSummary] {
        let listing = try listing()
        guard let available = try listing.versions(folder: storage.location) else { return [] }
        return try (listing.firstOfAll..<available.upperBound + 1).reversed().prefix(limit).map { version in
            let actions = try actions(of: version, newest: available.upperBound)
            let info = try actions.info()
            return CommitSummary(
                version: version, timestamp: info.timestamp, operation: info.operation,
                rowsAdded: actions.adds.reduce(0) { $0 + rowCount($1.json) }, filesAdded: actions.adds.count,
                filesRemoved: actions.removes.count, record: info.record)
        }
    }

    private func rowCount(_ add: JSON) -> Int {
        let stats = add["stats"]?.string.flatMap { try? JSON(parsing: $0) }
        return Int(stats?["numRecords"]?.int ?? 0)
    }
}
