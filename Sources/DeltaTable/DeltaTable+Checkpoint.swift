extension DeltaTable {
    /// Commits between two checkpoints.
    static let checkpointInterval = 10

    /// Writes a checkpoint of a version just committed where enough commits have passed since the last one; never throws, since the
    /// commit stands whether or not it succeeds.
    func writeCheckpointIfDue(at version: Int) {
        guard let checkpoints else { return }
        do {
            let listing = try listing()
            guard version - (listing.bases.last?.version ?? -1) >= DeltaTable.checkpointInterval else { return }
            try writeCheckpoint(at: version, listing, checkpoints)
        } catch {
            checkpoints.failed(root, error)
        }
    }

    /// Twice: as the Parquet file that every Delta reader looks for, and as a compaction, JSON that needs no engine to be read.
    private func writeCheckpoint(at version: Int, _ listing: LogListing, _ checkpoints: any CheckpointFormat) throws {
        let retention = try snapshot(at: version)?.metadata.deletedFileRetention ?? TableMetadata.defaultRetention
        let actions = try reconciled(at: version, listing).actions(removedSince: millisecondsNow() - retention)
        let lines = Transaction.lines(actions)
        _ = try storage.putIfAbsent(compactionFileName(version), lines)
        let content = try checkpoints.encoded(lines)
        _ = try storage.putIfAbsent(checkpointFileName(version), content)
        let hint = JSON.object([
            JSON.Member("version", .int(Int64(version))), JSON.Member("size", .int(Int64(actions.count))),
            JSON.Member("sizeInBytes", .int(Int64(content.count))),
            JSON.Member("numOfAddFiles", .int(Int64(actions.count { $0.name == "add" }))),
        ])
        try storage.put("_last_checkpoint", Array(hint.text.utf8))
    }

    /// The actions that hold at a version; `fromStart` reads every commit there is, so that no removal is forgotten.
    func reconciled(at version: Int, _ listing: LogListing, fromStart: Bool = false) throws -> ReconciledActions {
        var actions = ReconciledActions()
        var next = 0
        if !fromStart || listing.firstOfAll > 0, let base = try newestBase(for: version, listing) {
            try actions.apply(base)
            next = base.version + 1
        }
        for version in next..<version + 1 { try actions.apply(self.actions(of: version, newest: version)) }
        return actions
    }

    /// Where reading a version begins; nil for the first commit. A base that another program made does not keep the order of files, so
    /// it serves only where commits before it are gone.
    func newestBase(for version: Int, _ listing: LogListing) throws -> CommitActions? {
        for base in listing.bases(for: version) {
            guard let actions = try actions(of: base) else { continue }
            if listing.firstOfAll > 0 || actions.saysWhenAdded { return actions }
        }
        return nil
    }

    func actions(of base: LogListing.Base) throws -> CommitActions? {
        guard let content = try storage.read(base.name) else { return nil }
        let file = storage.location + "/" + base.name
        guard base.kind == .checkpoint else { return try CommitActions(version: base.version, file: file, content: content) }
        guard let checkpoints else { throw DeltaFault.checkpoint(file: file, reason: "there is no engine at hand to read Parquet") }
        let lines: [UInt8]
        do {
            lines = try checkpoints.decoded(content)
        } catch {
            throw DeltaFault.checkpoint(file: file, reason: "\(error)")
        }
        return try CommitActions(version: base.version, file: file, content: lines)
    }

    /// The newest version up to `version` that changed rows or columns; `version` itself where the commits that would tell are gone.
    func lastChange(upTo version: Int, _ listing: LogListing) throws -> Int {
        for earlier in stride(from: version, through: listing.firstOfAll, by: -1) {
            if try actions(of: earlier, newest: version).changesData { return earlier }
        }
        return version
    }
}

extension CommitActions {
    fileprivate var saysWhenAdded: Bool { adds.allSatisfy { $0.json["tags"]?[ReconciledActions.addedInTag] != nil } }

    /// Whether rows, columns, partitioning or configuration change.
    var changesData: Bool {
        !metadata.isEmpty || (adds + removes).contains { $0.json["dataChange"]?.bool != false }
    }
}
