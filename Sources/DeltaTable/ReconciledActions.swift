/// The actions that hold after some commits (Delta protocol, "Action Reconciliation"), as the log spells them.
///
/// Invariants:
/// 1. Files keep the order in which the log added them, and a tag says in which version.
/// 2. Only members that a checkpoint has a column for are kept.
struct ReconciledActions {
    static let addedInTag = "tickbook.addedIn"

    private var tableProtocol: JSON?
    private var metadata: JSON?
    private var transactions: [String: JSON] = [:]
    private var slots: [JSON?] = []
    /// By encoded path, as in `LogReplay`.
    private var places: [String: Int] = [:]
    private var tombstones: [String: JSON] = [:]

    mutating func apply(_ commit: CommitActions) throws {
        if let action = commit.protocols.last { tableProtocol = action.json.keeping(["minReaderVersion", "minWriterVersion"]) }
        if let action = commit.metadata.last {
            metadata = action.json.keeping([
                "id", "name", "description", "format", "schemaString", "partitionColumns", "configuration", "createdTime",
            ])
        }
        for action in commit.transactions {
            guard let id = action.json["appId"]?.string else { continue }
            transactions[id] = action.json.keeping(["appId", "version", "lastUpdated"])
        }
        for action in commit.removes { try commit.placing(action) { remove(try ReconciledActions.key(of: $0), $0) } }
        for action in commit.adds { try commit.placing(action) { add(try ReconciledActions.key(of: $0), $0, commit.version) } }
    }

    private static func key(of json: JSON) throws -> String {
        guard let path = json["path"]?.string.flatMap(PartitionPath.uriDecoded) else {
            throw LogMistake.malformed("add or remove lacks a path")
        }
        return PartitionPath.uriEncoded(path)
    }

    private mutating func remove(_ key: String, _ json: JSON) {
        if let place = places.removeValue(forKey: key) { slots[place] = nil }
        tombstones[key] =
            json.keeping(["path", "deletionTimestamp", "extendedFileMetadata", "partitionValues", "size"]).setting(
                "dataChange", .bool(false))
    }

    private mutating func add(_ key: String, _ json: JSON, _ version: Int) {
        tombstones[key] = nil
        let kept = json.keeping(["path", "partitionValues", "size", "modificationTime", "stats", "tags"])
        let tags = (kept["tags"] ?? .object([])).settingIfAbsent(ReconciledActions.addedInTag, .string(String(version)))
        let file = kept.setting("dataChange", .bool(false)).setting("tags", tags)
        if let place = places[key] {
            slots[place] = file
        } else {
            places[key] = slots.count
            slots.append(file)
        }
    }

    /// The log's `add` of each present file, by encoded path.
    var adds: [String: JSON] { places.compactMapValues { slots[$0] } }

    /// When each removed file was removed, in milliseconds since 1970, by encoded path; nil where the log does not say.
    var removals: [String: Int64?] { tombstones.mapValues { $0["deletionTimestamp"]?.int } }

    /// What a checkpoint holds; of removed files, those that readers of older versions may still want.
    func actions(removedSince oldest: Int64) -> [JSON.Member] {
        var actions: [JSON.Member] = []
        if let tableProtocol { actions.append(JSON.Member("protocol", tableProtocol)) }
        if let metadata { actions.append(JSON.Member("metaData", metadata)) }
        actions += transactions.sorted { $0.key < $1.key }.map { JSON.Member("txn", $0.value) }
        let recent = tombstones.filter { ($0.value["deletionTimestamp"]?.int ?? 0) >= oldest }
        actions += recent.sorted { $0.key < $1.key }.map { JSON.Member("remove", $0.value) }
        actions += slots.compactMap { $0.map { JSON.Member("add", $0) } }
        return actions
    }
}

extension JSON {
    fileprivate func keeping(_ names: Set<String>) -> JSON {
        .object((members ?? []).filter { names.contains($0.name) && $0.value != .null })
    }

    fileprivate func setting(_ name: String, _ value: JSON) -> JSON {
        .object((members ?? []).filter { $0.name != name } + [Member(name, value)])
    }

    fileprivate func settingIfAbsent(_ name: String, _ value: JSON) -> JSON { self[name] == nil ? setting(name, value) : self }
}
