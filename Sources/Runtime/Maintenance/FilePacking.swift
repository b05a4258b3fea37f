import Columnar
import DeltaTable
import Engine
import Language

/// Chooses the small files of a table that are worth writing anew as fewer.
///
/// Invariants:
/// 1. A run holds files of one partition, and would become fewer files.
/// 2. Rows in key order stay so: where a partition's files follow each other by key, only neighbours are merged.
/// 3. Where the order of ingestion matters, a run reaches to the partition's last file: new files stand last in the log, so whatever
///    stood behind a merged file has to move with it.
struct FilePacking {
    /// In the order of the log's first file of each partition; several runs of one partition follow each other.
    private(set) var runs: [[DataFile]] = []

    private let schema: Schema
    private let limits: PartitionedWriter.Limits
    /// Files emptier than this are merged; an estimate may be wrong by as much before the same files are merged again and again.
    private static let smallShare = 0.5

    init(_ snapshot: Snapshot, limits: PartitionedWriter.Limits = PartitionedWriter.Limits()) {
        schema = snapshot.schema
        self.limits = limits
        for files in Self.byPartition(snapshot.inOrderOfIngestion(snapshot.files)) {
            runs += snapshot.keepsIngestionOrder ? orderedRuns(files) : keyedRuns(files, key: snapshot.key)
        }
    }

    private static func byPartition(_ files: [DataFile]) -> [[DataFile]] {
        var places: [[Value]: Int] = [:]
        var partitions: [[DataFile]] = []
        for file in files {
            if let place = places[file.partition] {
                partitions[place].append(file)
            } else {
                places[file.partition] = partitions.count
                partitions.append([file])
            }
        }
        return partitions
    }

    private func orderedRuns(_ files: [DataFile]) -> [[DataFile]] {
        guard let first = zip(files.indices, files.indices.dropFirst()).first(where: { isSmall(files[$0]) && isSmall(files[$1]) }) else {
            return []
        }
        let run = Array(files[first.0...])
        return shrinks(run) ? [run] : []
    }

    private func keyedRuns(_ files: [DataFile], key: Key?) -> [[DataFile]] {
        let order = FileOrder(files: files, key: key)
        guard order.isSorted else {
            let small = files.filter(isSmall)
            return shrinks(small) ? [small] : []
        }
        return order.files.split { !isSmall($0) }.map(Array.init).filter(shrinks)
    }

    private func shrinks(_ files: [DataFile]) -> Bool {
        files.count > Int(max(1, files.reduce(0) { $0 + share(of: $1) }.rounded(.up)))
    }

    private func isSmall(_ file: DataFile) -> Bool { share(of: file) < Self.smallShare }

    /// How much of a full file this one is, by what its rows take in memory.
    private func share(of file: DataFile) -> Double {
        guard let rowCount = file.rowCount else { return 4 * Double(file.byteCount) / Double(limits.fileBytes) }
        let rowBytes = schema.fields.reduce(0) { $0 + byteWidth(of: $1, in: file) }
        return max(Double(rowCount) / Double(limits.fileRows), Double(rowCount * rowBytes) / Double(limits.fileBytes))
    }

    private func byteWidth(of field: Field, in file: DataFile) -> Int {
        if let width = field.type.byteWidth { return width }
        guard field.type == .string else { return 1 }
        let bounds = [file.statistics[field.name]?.minimum, file.statistics[field.name]?.maximum].compactMap { $0?.description.utf8.count }
        return 4 + (bounds.max() ?? 16)
    }
}

extension Snapshot {
    /// Whether the order of files in the log means something: it is the order of ingestion, or the only order there is.
    var keepsIngestionOrder: Bool {
        key == nil || !(lastCommit.record?.ingestedFiles ?? []).isEmpty || files.contains { !$0.sources.isEmpty }
    }

    /// Whether rows with one key may lie in several partitions, so that the order of the partitions' files means something too.
    var mixesKeysAcrossPartitions: Bool {
        guard !partitioning.isEmpty else { return false }
        guard let key else { return true }
        return partitioning.contains { !key.columns.contains($0.source) }
    }
}
