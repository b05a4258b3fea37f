/// What a log's folder holds, and from where a version can be read.
struct LogListing {
    /// A file that stands for all commits up to a version.
    struct Base: Hashable {
        enum Kind { case checkpoint, compaction }

        let version: Int
        let kind: Kind

        var name: String {
            switch kind {
            case .checkpoint: checkpointFileName(version)
            case .compaction: compactionFileName(version)
            }
        }
    }

    /// Versions whose commit is there, ascending.
    let commits: [Int]
    /// The newest last; of one version the compaction last, since reading it takes no engine.
    let bases: [Base]
    /// From this version on no commit is missing.
    let firstOfAll: Int
    let newest: Int?
    private let mentionsCheckpoint: Bool

    init(_ names: [String]) {
        commits = names.compactMap(logVersion).sorted()
        let checkpoints = names.compactMap(checkpointVersion).map { Base(version: $0, kind: .checkpoint) }
        let compactions = names.compactMap(compactionVersion).map { Base(version: $0, kind: .compaction) }
        bases = (checkpoints + compactions).sorted {
            ($0.version, $0.kind == .compaction ? 1 : 0) < ($1.version, $1.kind == .compaction ? 1 : 0)
        }
        mentionsCheckpoint = names.contains { $0 == "_last_checkpoint" || $0.contains(".checkpoint.") }
        let newest = [commits.last, bases.last?.version].compactMap(\.self).max()
        self.newest = newest
        var first = (newest ?? -1) + 1
        for version in commits.reversed() where version == first - 1 { first = version }
        firstOfAll = first
    }

    /// The versions that can be read; nil where there is no table. Throws where something is missing in between.
    func versions(folder: String) throws -> ClosedRange<Int>? {
        guard let newest else {
            if mentionsCheckpoint { throw DeltaFault.needsCheckpoint(folder: folder, oldest: 0) }
            return nil
        }
        if firstOfAll == 0 { return 0...newest }
        if let oldest = bases.first(where: { $0.version >= firstOfAll - 1 }) { return oldest.version...newest }
        guard commits.first == 0 else { throw DeltaFault.needsCheckpoint(folder: folder, oldest: firstOfAll) }
        let missing = zip(0..., commits).first { $0 != $1 }?.0 ?? commits.count
        throw DeltaFault.missingVersion(folder: folder, version: missing, newest: newest)
    }

    /// Where reading `version` may begin, the best first. While every commit is there, checkpoints are left to other readers: commits
    /// are read without an engine, and a compaction stands for many of them.
    func bases(for version: Int) -> [Base] {
        bases.reversed().filter {
            $0.version <= version && $0.version >= firstOfAll - 1 && (firstOfAll > 0 || $0.kind == .compaction)
        }
    }

    /// Versions missing between the first commit there is and the newest.
    var gaps: [Int] {
        guard let first = commits.first, let newest else { return [] }
        let present = Set(commits)
        return (first...newest).filter { !present.contains($0) }
    }
}

/// `00000000000000000010.checkpoint.parquet`
func checkpointFileName(_ version: Int) -> String { versionDigits(version) + ".checkpoint.parquet" }

/// `00000000000000000000.00000000000000000010.compacted.json` (Delta protocol, "Log Compaction Files")
func compactionFileName(_ version: Int) -> String { versionDigits(0) + "." + versionDigits(version) + ".compacted.json" }

private func checkpointVersion(_ name: String) -> Int? {
    name.hasSuffix(".checkpoint.parquet") ? logVersion(name.dropLast(".checkpoint.parquet".count) + ".json") : nil
}

/// Only compactions of the whole log so far.
private func compactionVersion(_ name: String) -> Int? {
    let start = versionDigits(0) + "."
    guard name.hasPrefix(start), name.hasSuffix(".compacted.json") else { return nil }
    return logVersion(name.dropFirst(start.count).dropLast(".compacted.json".count) + ".json")
}
