import DeltaTable

/// Which files of a source are new, in the table already, or gone; content decides, names don't.
struct IngestionPlan {
    struct NewFile {
        let file: SourceFile
        let sha256: String
    }

    /// In the order of ingestion: as recorded, then new files by path.
    private(set) var toIngest: [NewFile] = []
    /// Files whose rows the table holds, in the order they were ingested, under their present names.
    private(set) var kept: [CommitRecord.IngestedFile] = []
    /// Files whose rows leave the table: their content is in the folder no more.
    private(set) var withdrawn: [CommitRecord.IngestedFile] = []

    /// Whether the rows of every file are made again; the table's present data files then go.
    private(set) var takesAll: Bool

    /// With `ingestsAll`, files are taken whatever the table holds. So they are where one file's rows depend on another's; always in
    /// the order of ingestion, new files last.
    init(files: [SourceFile], ingested: [CommitRecord.IngestedFile], ingestsAll: Bool, isRowWise: Bool) throws {
        let byPath = Dictionary(ingested.map { ($0.path, $0) }, uniquingKeysWith: { _, last in last })
        let known = Set(ingested.map(\.sha256))
        var present: [String: SourceFile] = [:]
        var new: [NewFile] = []
        for file in files {
            let earlier = byPath[file.path]
            let sha256 = if let earlier, file.looksLike(earlier) { earlier.sha256 } else { try file.contentHash() }
            // A copy of a file adds nothing.
            guard present[sha256] == nil else { continue }
            present[sha256] = file
            if !known.contains(sha256) { new.append(NewFile(file: file, sha256: sha256)) }
        }
        let stayed = ingested.filter { present[$0.sha256] != nil }
        withdrawn = ingested.filter { present[$0.sha256] == nil }
        takesAll = ingestsAll || !isRowWise && !(new.isEmpty && withdrawn.isEmpty)
        newCount = new.count
        if takesAll {
            toIngest = stayed.map { NewFile(file: present[$0.sha256]!, sha256: $0.sha256) } + new
            kept = []
        } else {
            toIngest = new
            kept = stayed.map { $0.named(as: present[$0.sha256]!) }
        }
        replacedCount = new.count { file in withdrawn.contains { $0.path == file.file.path } }
    }

    /// Files whose content the table did not hold, and how many of them stand where a withdrawn one stood.
    private(set) var newCount = 0
    private(set) var replacedCount = 0

    var changesNothing: Bool { newCount == 0 && withdrawn.isEmpty }
}

extension CommitRecord.IngestedFile {
    fileprivate func named(as file: SourceFile) -> Self {
        Self(
            path: file.path, byteCount: file.byteCount, modified: file.modified, sha256: sha256, firstRowOrder: firstRowOrder,
            rowsIn: rowsIn)
    }
}
