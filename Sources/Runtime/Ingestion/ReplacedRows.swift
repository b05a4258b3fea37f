import Columnar
import DeltaTable
import Engine
import Planner

/// What must leave a table when source files are withdrawn: data files, and of those with other rows too, the others are written anew.
struct ReplacedRows {
    let making: TableMaking
    let ingestion: IngestionPlan
    private(set) var removed: [DataFile] = []
    private(set) var removesAll = false
    private var rewritten: [DataFile] = []

    init(making: TableMaking, ingestion: IngestionPlan) {
        self.making = making
        self.ingestion = ingestion
    }

    /// Which files are concerned.
    func find() -> ReplacedRows {
        var found = self
        guard let current = making.state.current else { return found }
        let keepsRows = making.plan.isRowWise && !ingestion.kept.isEmpty
        if !keepsRows {
            found.removed = current.files
            found.removesAll = true
            return found
        }
        let withdrawn = Set(ingestion.withdrawn.map(\.sha256))
        found.removed = current.files.filter { file in file.sources.contains { withdrawn.contains($0.source) } }
        found.rewritten = found.removed.filter { file in file.sources.contains { !withdrawn.contains($0.source) } }
        return found
    }

    /// Writes the rows that stay, before any new ones: they were ingested earlier.
    func rewrite(into writer: PartitionedWriter) throws {
        let withdrawn = Set(ingestion.withdrawn.map(\.sha256))
        for file in rewritten {
            var start = 0
            let runs = file.sources.map { run in
                defer { start += run.rowCount }
                return (rows: start..<start + run.rowCount, source: run.source)
            }
            let kept = runs.filter { !withdrawn.contains($0.source) }
            var read = 0
            let stream = try making.rows(of: file)
            while let batch = try stream.next() {
                for (rows, source) in kept {
                    let part = rows.clamped(to: read..<read + batch.count)
                    if !part.isEmpty { try writer.append(batch.slice(part.lowerBound - read..<part.upperBound - read), source: source) }
                }
                read += batch.count
            }
        }
    }
}
