import Columnar
import Foundation

/// One version of a model on disk, `NAME/vN`, read with what `SHA256SUMS` says of its files.
struct VersionFolder {
    static let modelFile = "model.json"
    static let metadataFile = "metadata.json"
    /// What a plugin's fit made.
    static let bytesFile = "fitted.bin"

    let root: String
    let name: String
    let version: Int

    var path: String { "\(root)/\(name)/v\(version)" }

    /// Model and metadata, found to fit together; a plugin's code is not asked for.
    func content() throws(LearningFault) -> (stored: StoredModel, metadata: ModelMetadata) {
        let checksums = try checksums()
        let stored: StoredModel = try decode(Self.modelFile, checksums)
        let metadata = try metadata(checksums)
        guard stored.isWellFormed, stored.features == metadata.features.map(\.name) else {
            throw damaged(Self.modelFile, "its parts do not fit together")
        }
        if stored.hasBytes { _ = try data(Self.bytesFile, checksums) }
        return (stored, metadata)
    }

    func metadata() throws(LearningFault) -> ModelMetadata { try metadata(checksums()) }

    func bytes() throws(LearningFault) -> Data { try file(Self.bytesFile) }

    func file(_ name: String) throws(LearningFault) -> Data { try data(name, checksums()) }

    /// All that is wrong with the files, one sentence each.
    func problems() -> [String] {
        let checksums: Checksums?
        do throws(LearningFault) {
            checksums = try self.checksums()
        } catch {
            return [error.description]
        }
        var problems: [String] = []
        for file in (checksums?.digests.keys.sorted() ?? []) {
            do throws(LearningFault) { _ = try data(file, checksums) } catch { problems.append(error.description) }
        }
        let present = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        if let checksums {
            for file in present.sorted() where checksums.digests[file] == nil && file != Checksums.fileName {
                problems.append("\(path)/\(file) is not in \(Checksums.fileName); take it away")
            }
        }
        guard problems.isEmpty else { return problems }
        do throws(LearningFault) { _ = try content() } catch { return [error.description] }
        return []
    }

    /// What can be seen to be wrong without reading a file of more than `limit` bytes; nil where nothing is.
    func problemAtAGlance(limit: Int = 1 << 20) -> String? {
        do throws(LearningFault) {
            let checksums = try self.checksums()
            for file in (checksums?.digests.keys.sorted() ?? [Self.modelFile]) {
                guard let size = (try? FileManager.default.attributesOfItem(atPath: "\(path)/\(file)"))?[.size] as? Int else {
                    throw missing(file)
                }
                if size <= limit { _ = try data(file, checksums) }
            }
            _ = try metadata(checksums)
            return nil
        } catch {
            return error.description
        }
    }

    /// nil for a version of before checksums were kept.
    func checksums() throws(LearningFault) -> Checksums? {
        guard FileManager.default.fileExists(atPath: "\(path)/\(Checksums.fileName)") else { return nil }
        let data = try data(Checksums.fileName, nil)
        guard let checksums = Checksums(text: String(decoding: data, as: UTF8.self)), checksums.digests[Self.modelFile] != nil,
            checksums.digests[Self.metadataFile] != nil
        else { throw damaged(Checksums.fileName, "it does not list the SHA-256 of each file") }
        return checksums
    }

    func damaged(_ file: String, _ cause: String) -> LearningFault {
        LearningFault("\(path)/\(file) is damaged: \(cause); remove \(name)/v\(version) and \(ModelRegistry.refit)")
    }

    private func missing(_ file: String) -> LearningFault {
        LearningFault("\(path)/\(file) is missing or cannot be read; remove \(name)/v\(version) and \(ModelRegistry.refit)")
    }

    private func metadata(_ checksums: Checksums?) throws(LearningFault) -> ModelMetadata {
        let metadata: ModelMetadata = try decode(Self.metadataFile, checksums)
        // Without checksums any change would pass for a version of before they were kept.
        guard checksums != nil || metadata.isSealed != true else { throw missing(Checksums.fileName) }
        return metadata
    }

    private func data(_ file: String, _ checksums: Checksums?) throws(LearningFault) -> Data {
        guard let data = FileManager.default.contents(atPath: "\(path)/\(file)") else {
            throw missing(file)
        }
        if let checksums, checksums.digests[file] != Checksums.digest(of: data) {
            throw damaged(file, "its SHA-256 is not the one in \(Checksums.fileName)")
        }
        return data
    }

    private func decode<Content: Decodable>(_ file: String, _ checksums: Checksums?) throws(LearningFault) -> Content {
        let data = try data(file, checksums)
        do {
            return try JSONDecoder().decode(Content.self, from: data)
        } catch {
            throw damaged(file, Self.cause(of: error))
        }
    }

    private static func cause(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "\(key.stringValue) is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")) has the wrong type"
        default: "it is not valid JSON"
        }
    }
}
