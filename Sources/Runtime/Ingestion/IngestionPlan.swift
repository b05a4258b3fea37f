import DeltaTable

/// Which files of a source are new, in the table already, or gone; content decides, names don't.
struct IngestionPlan {
    struct NewFile {
        let file: SourceFile
        let sha256: String
    }

    /// In the order of ingestion: by path.
    private(set) var toIngest: [NewFile] = []
    /// Files whose rows the table holds, in the order they were ingested, under their present names.
    private(set) var kept: [CommitRecord.IngestedFile] = []
    /// Files whose rows leave the table: their content is in the folder no more.
    private(set) var withdrawn: [CommitRecord.IngestedFile] = []

    /// With `ingestsAll`, files count as new whatever the table holds.
    init(files: [SourceFile], ingested: [CommitRecord.IngestedFile], ingestsAll: Bool) throws {
        let byPath = Dictionary(ingested.map { ($0.path, $0) }, uniquingKeysWith: { _, last in last })
        let known = Set(ingestsAll ? [] : ingested.map(\.sha256))
        var present: [String: SourceFile] = [:]
        for file in files {
            let earlier = byPath[file.path]
            let sha256 = if let earlier, file.looksLike(earlier) { earlier.sha256 } else { try file.contentHash() }
            // A copy of a file adds nothing.
            guard present[sha256] == nil else { continue }
            present[sha256] = file
            if !known.contains(sha256) { toIngest.append(NewFile(file: file, sha256: sha256)) }
        }
        guard !ingestsAll else { return }
        for earlier in ingested {
            if let file = present[earlier.sha256] { kept.append(earlier.named(as: file)) } else { withdrawn.append(earlier) }
        }
    }

    var changesNothing: Bool { toIngest.isEmpty && withdrawn.isEmpty }

    /// New files that stand where a withdrawn one stood.
    var replacedCount: Int {
        let paths = Set(withdrawn.map(\.path))
        return toIngest.count { paths.contains($0.file.path) }
    }
}

extension CommitRecord.IngestedFile {
    fileprivate func named(as file: SourceFile) -> Self {
        Self(
            path: file.path, byteCount: file.byteCount, modified: file.modified, sha256: sha256, firstRowOrder: firstRowOrder,
            rowsIn: rowsIn)
    }
}
