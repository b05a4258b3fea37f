import Foundation

/// A version that is written and not yet visible: a folder beside those that count.
struct VersionDraft {
    let path: String
    let checksums: Checksums

    /// Writes all files of a version below `folder`; what was written goes where that fails.
    init(_ classifier: any Classifier, _ metadata: ModelMetadata, in folder: String) throws {
        path = "\(folder)/.draft-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let files = try Self.files(of: classifier) + [(VersionFolder.metadataFile, Self.json(metadata))]
            checksums = try Self.write(files, to: path)
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Whether a version holds the same model; when it was fitted, and how its fit is told of, are left aside.
    func holdsTheModel(of version: VersionFolder) -> Bool {
        guard let others = try? version.checksums()?.digests else { return false }
        let account = [VersionFolder.metadataFile]
        return others.filter { !account.contains($0.key) } == checksums.digests.filter { !account.contains($0.key) }
    }

    private static func files(of classifier: any Classifier) throws -> [(name: String, content: Data)] {
        guard let stored = StoredModel(classifier) else {
            throw LearningFault("models of the type \(type(of: classifier)) are not stored")
        }
        let model = (VersionFolder.modelFile, try json(stored))
        let base = (classifier as? CalibratedModel)?.base ?? classifier
        guard let plugin = base as? PluginModel else { return [model] }
        return [model, (VersionFolder.bytesFile, Data(plugin.bytes))]
    }

    private static func json(_ content: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(content) + Data("\n".utf8)
    }

    private static func write(_ files: [(name: String, content: Data)], to folder: String) throws -> Checksums {
        var checksums = Checksums()
        for file in files {
            checksums.add(file.name, file.content)
            try writeForGood(file.content, to: "\(folder)/\(file.name)")
        }
        try writeForGood(Data(checksums.text.utf8), to: "\(folder)/\(Checksums.fileName)")
        try DurableFile.synchronize(folder)
        return checksums
    }

    /// Nobody is to write it again.
    private static func writeForGood(_ content: Data, to path: String) throws(LearningFault) {
        try DurableFile.write(content, to: path)
        guard chmod(path, 0o444) == 0 else { throw LearningFault("cannot make \(path) read-only: \(systemMessage())") }
    }
}
