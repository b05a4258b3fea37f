import Columnar
import Foundation
package import PluginHost

/// Fitted models on disk: `NAME/vN/model.json` and `NAME/vN/metadata.json` under one root, and `fitted.bin` for a plugin's model.
///
/// Invariants:
/// 1. A version folder appears whole, by one rename of a finished sibling folder, and never changes after.
/// 2. Versions count up from 1; of fits that end at the same time each gets its own, because a rename onto a folder that
///    is not empty fails.
package struct ModelRegistry: Sendable {
    private static let modelFile = "model.json"
    private static let metadataFile = "metadata.json"
    /// What a plugin's fit made.
    private static let bytesFile = "fitted.bin"

    private let root: String
    private let plugins: PluginRegistry?

    /// `root` is the workspace's folder of models; it need not exist yet. `plugins` have the code of the models that plugins fitted.
    package init(root: String, plugins: PluginRegistry? = nil) {
        self.root = root
        self.plugins = plugins
    }

    /// Stores a model as the next version of its name; returns the version once it is safe on disk.
    /// `willPublish` is called when all is on disk and nothing is visible yet.
    package func save(_ classifier: any Classifier, _ metadata: ModelMetadata, willPublish: () -> Void = {}) throws -> Int {
        try check(name: metadata.name)
        let folder = "\(root)/\(metadata.name)"
        let draft = "\(folder)/.draft-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
            try write(classifier, to: draft)
            try write(metadata, to: "\(draft)/\(Self.metadataFile)")
            try synchronize(draft)
            willPublish()
            let version = try claimVersion(in: folder, for: draft)
            try synchronize(folder)
            try synchronize(root)
            return version
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw error
        }
    }

    /// The latest version, or the one asked for.
    package func load(_ name: String, version: Int? = nil) throws -> LoadedModel {
        let version = try version ?? latest(name) ?? { throw unknown(name) }()
        guard try versions(of: name).contains(version) else { throw try unknown(name, version: version) }
        let (stored, metadata) = try read(name, version)
        return LoadedModel(name: name, version: version, classifier: try classifier(stored, name, version), metadata: metadata)
    }

    private func classifier(_ stored: StoredModel, _ name: String, _ version: Int) throws(LearningFault) -> any BlockScoring {
        switch stored {
        case .logistic(let model): model
        case .plugin(let model): try self.classifier(model, name, version)
        case .calibrated(let base, let calibration):
            CalibratedModel(base: try classifier(base, name, version), calibration: calibration)
        }
    }

    /// The highest version of a model; nil when it has none.
    package func latest(_ name: String) throws -> Int? { try versions(of: name).last }

    /// What the latest version was made of; nil when there is none or it cannot be read, so that a fit makes a new one.
    package func latestMetadata(_ name: String) throws -> (version: Int, metadata: ModelMetadata)? {
        guard let version = try latest(name), let (_, metadata) = try? read(name, version) else { return nil }
        return (version, metadata)
    }

    /// All models by name, each with its versions in rising order.
    package func list() throws -> [(name: String, versions: [Int])] {
        try entries(of: root).sorted().compactMap { name in
            guard Self.isName(name) else { return nil }
            let versions = try versions(of: name)
            return versions.isEmpty ? nil : (name, versions)
        }
    }

    private func versions(of name: String) throws -> [Int] {
        try check(name: name)
        return try entries(of: "\(root)/\(name)").compactMap { entry in
            guard entry.hasPrefix("v"), let version = Int(entry.dropFirst()), version > 0, entry == "v\(version)" else { return nil }
            return version
        }.sorted()
    }

    private func claimVersion(in folder: String, for draft: String) throws -> Int {
        let name = (folder as NSString).lastPathComponent
        var version = (try latest(name) ?? 0) + 1
        while rename(draft, "\(folder)/v\(version)") != 0 {
            guard errno == EEXIST || errno == ENOTEMPTY else {
                throw LearningFault("cannot store model \(name) in \(folder): \(systemMessage())")
            }
            version += 1
        }
        return version
    }

    private func write(_ classifier: any Classifier, to folder: String) throws {
        guard let stored = StoredModel(classifier) else {
            throw LearningFault("models of the type \(type(of: classifier)) are not stored")
        }
        try write(stored, to: "\(folder)/\(Self.modelFile)")
        let base = (classifier as? CalibratedModel)?.base ?? classifier
        if let plugin = base as? PluginModel { try write(Data(plugin.bytes), to: "\(folder)/\(Self.bytesFile)") }
    }

    private func write(_ content: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try write(encoder.encode(content) + Data("\n".utf8), to: path)
    }

    private func write(_ data: Data, to path: String) throws {
        do {
            try data.write(to: URL(fileURLWithPath: path))
        } catch {
            throw LearningFault("cannot write \(path): \(error.localizedDescription); check the folder's permissions and free space")
        }
        try synchronize(path)
    }

    /// Returns once the file or folder at `path` is safe on disk.
    private func synchronize(_ path: String) throws(LearningFault) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw LearningFault("cannot make \(path) safe on disk: \(systemMessage())")
        }
    }

    /// What is on disk, found to fit together; a plugin's code is not asked for.
    private func read(_ name: String, _ version: Int) throws(LearningFault) -> (stored: StoredModel, metadata: ModelMetadata) {
        let stored: StoredModel = try read(name, version, Self.modelFile)
        let metadata: ModelMetadata = try read(name, version, Self.metadataFile)
        guard stored.isWellFormed, stored.features == metadata.features.map(\.name) else {
            throw damaged(name, version, Self.modelFile, "its parts do not fit together")
        }
        return (stored, metadata)
    }

    private func classifier(_ stored: StoredPluginModel, _ name: String, _ version: Int) throws(LearningFault) -> PluginModel {
        let code = try code(of: stored, "model \(name) v\(version)")
        let bytes = try [UInt8](data(name, version, Self.bytesFile))
        do throws(ModelFault) {
            return try PluginModel(features: stored.features, threshold: stored.threshold, code: code, bytes: bytes)
        } catch {
            throw damaged(name, version, Self.bytesFile, "\(error)")
        }
    }

    /// The very code that fitted a model: other code might give other probabilities.
    private func code(of stored: StoredPluginModel, _ model: String) throws(LearningFault) -> NativeModel {
        let fitter = "\(model) was fitted by plugin '\(stored.plugin)' \(stored.version)"
        guard let plugins else { throw LearningFault("\(fitter), and there are no plugins here") }
        do throws(PluginFault) {
            _ = try plugins.contents(of: stored.plugin)
        } catch {
            throw LearningFault("\(fitter), which can't be used: \(error.reason); \(error.remedy)")
        }
        guard let plugin = plugins.user(stored.plugin), plugin.hash == stored.sha256,
            let code = plugin.models.first(where: { $0.name == stored.model })
        else {
            throw LearningFault("\(fitter), whose library has changed since; put that library back, or \(Self.refit)")
        }
        return code
    }

    private func data(_ name: String, _ version: Int, _ file: String) throws(LearningFault) -> Data {
        let path = path(name, version, file)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw LearningFault("\(path) is missing or cannot be read; remove \(name)/v\(version) and \(Self.refit)")
        }
        return data
    }

    private func read<Content: Decodable>(_ name: String, _ version: Int, _ file: String) throws(LearningFault) -> Content {
        let data = try data(name, version, file)
        do {
            return try JSONDecoder().decode(Content.self, from: data)
        } catch {
            throw damaged(name, version, file, Self.cause(of: error))
        }
    }

    private func entries(of folder: String) throws(LearningFault) -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw LearningFault("cannot list \(folder): \(error.localizedDescription)")
        }
    }
}

extension ModelRegistry {
    private static let refit = "fit again with tickbook run NOTEBOOK"

    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "."), name.utf8.count <= 200 else { return false }
        return name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        }
    }

    private func check(name: String) throws(LearningFault) {
        guard Self.isName(name) else {
            throw LearningFault("\"\(name)\" cannot name a model; use letters, digits, _, - and ., and do not begin with .")
        }
    }

    private func path(_ name: String, _ version: Int, _ file: String) -> String { "\(root)/\(name)/v\(version)/\(file)" }

    private func unknown(_ name: String) -> LearningFault {
        let names = ((try? list()) ?? []).map(\.name)
        let known = names.isEmpty ? "there are none yet" : "there are \(names.joined(separator: ", "))"
        return LearningFault("there is no model \(name) in \(root); \(known); \(Self.refit)")
    }

    private func unknown(_ name: String, version: Int) throws -> LearningFault {
        let versions = try versions(of: name)
        guard !versions.isEmpty else { return unknown(name) }
        return LearningFault(
            "model \(name) has no version v\(version); it has \(versions.map { "v\($0)" }.joined(separator: ", "))")
    }

    private func damaged(_ name: String, _ version: Int, _ file: String, _ cause: String) -> LearningFault {
        LearningFault("\(path(name, version, file)) is damaged: \(cause); remove \(name)/v\(version) and \(Self.refit)")
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
