import Foundation
package import PluginHost

/// Fitted models on disk: `NAME/vN/` with `model.json`, `metadata.json`, for a plugin's model `fitted.bin`, and `SHA256SUMS`; and
/// `NAME/aliases.json`.
///
/// Invariants:
/// 1. A version folder appears whole, by one rename of a finished sibling folder, and never changes after.
/// 2. Versions count up from 1; fits that end at the same time publish one after the other, under a lock on the model's folder.
/// 3. `aliases.json` is replaced as a whole, under the same lock; an alias points at a version that was whole when it was moved.
package struct ModelRegistry: Sendable {
    static let refit = "fit again with tickbook run NOTEBOOK"

    let root: String
    private let plugins: PluginRegistry?

    /// `root` is the workspace's folder of models; it need not exist yet. `plugins` have the code of the models that plugins fitted.
    package init(root: String, plugins: PluginRegistry? = nil) {
        self.root = root
        self.plugins = plugins
    }

    /// Stores a model as the next version of its name; returns the version once it is safe on disk.
    ///
    /// A fit that began when `seen` was the newest version (0: none) takes a newer one for its own where that came meanwhile from an
    /// equal fit. `willPublish` is called when all is on disk and nothing is visible yet.
    package func save(
        _ classifier: any Classifier, _ metadata: ModelMetadata, since seen: Int? = nil, willPublish: () -> Void = {}
    ) throws -> Int {
        try ModelName.check(metadata.name)
        let folder = "\(root)/\(metadata.name)"
        let draft = try VersionDraft(classifier, metadata, in: folder)
        do {
            let version = try DurableFile.locking(folder) {
                if let seen, let equal = try versions(of: metadata.name).first(where: { $0 > seen && isEqual(draft, metadata, $0) }) {
                    draft.remove()
                    return equal
                }
                willPublish()
                return try publish(draft, in: folder)
            }
            try DurableFile.synchronize(folder)
            try DurableFile.synchronize(root)
            return version
        } catch {
            draft.remove()
            throw error
        }
    }

    /// The latest version, or the one asked for.
    package func load(_ name: String, version: Int? = nil) throws -> LoadedModel {
        let folder = try folder(name, version)
        let (stored, metadata) = try folder.content()
        return LoadedModel(name: name, version: folder.version, classifier: try classifier(stored, folder), metadata: metadata)
    }

    package func load(_ selector: ModelSelector) throws -> LoadedModel { try load(selector.name, version: version(of: selector)) }

    /// What a version was made of and how good it is; a plugin's code is not needed for that.
    package func metadata(_ name: String, version: Int) throws -> ModelMetadata { try folder(name, version).metadata() }

    /// The version that `selector` stands for now.
    package func version(of selector: ModelSelector) throws -> Int {
        switch selector.choice {
        case .version(let version): try folder(selector.name, version).version
        case .latest: try folder(selector.name, nil).version
        case .alias(let alias): try version(of: alias, selector.name)
        }
    }

    /// The highest version of a model; nil when it has none.
    package func latest(_ name: String) throws -> Int? { try versions(of: name).last }

    /// What the newest sound version was made of; nil when there is none, so that a fit makes a new one.
    package func latestMetadata(_ name: String) throws -> (version: Int, metadata: ModelMetadata)? { try newestSound(name).found }

    /// The newest version that can be read, and what is wrong with those above it.
    package func newestSound(_ name: String) throws -> (found: (version: Int, metadata: ModelMetadata)?, damages: [String]) {
        var damages: [String] = []
        for version in try versions(of: name).reversed() {
            do {
                return ((version, try VersionFolder(root: root, name: name, version: version).content().metadata), damages)
            } catch {
                damages.append("v\(version) is damaged: \(error)")
            }
        }
        return (nil, damages)
    }

    /// All models by name, each with its versions in rising order.
    package func list() throws -> [(name: String, versions: [Int])] {
        try entries(of: root).sorted().compactMap { name in
            guard ModelName.isOne(name) else { return nil }
            let versions = try versions(of: name)
            return versions.isEmpty ? nil : (name, versions)
        }
    }

    package func versions(of name: String) throws -> [Int] {
        try ModelName.check(name)
        return try entries(of: "\(root)/\(name)").compactMap { entry in
            guard entry.hasPrefix("v"), let version = Int(entry.dropFirst()), version > 0, entry == "v\(version)" else { return nil }
            return version
        }.sorted()
    }

    /// A version that is there; the latest where none is named.
    func folder(_ name: String, _ version: Int?) throws -> VersionFolder {
        let versions = try versions(of: name)
        guard let latest = versions.last else { throw unknown(name) }
        guard versions.contains(version ?? latest) else {
            throw LearningFault("model \(name) has no version v\(version!); it has \(versions.map { "v\($0)" }.joined(separator: ", "))")
        }
        return VersionFolder(root: root, name: name, version: version ?? latest)
    }

    private func publish(_ draft: VersionDraft, in folder: String) throws -> Int {
        let name = (folder as NSString).lastPathComponent
        var version = (try latest(name) ?? 0) + 1
        // A rename onto a folder that is not empty fails.
        while rename(draft.path, "\(folder)/v\(version)") != 0 {
            guard errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR else {
                throw LearningFault("cannot store model \(name) in \(folder): \(systemMessage())")
            }
            version += 1
        }
        return version
    }

    private func isEqual(_ draft: VersionDraft, _ metadata: ModelMetadata, _ version: Int) -> Bool {
        let folder = VersionFolder(root: root, name: metadata.name, version: version)
        guard draft.holdsTheModel(of: folder), let other = try? folder.content().metadata else { return false }
        return other.definitionHash == metadata.definitionHash && other.inputVersions == metadata.inputVersions
    }

    private func classifier(_ stored: StoredModel, _ folder: VersionFolder) throws(LearningFault) -> any BlockScoring {
        switch stored {
        case .logistic(let model): model
        case .plugin(let model): try classifier(model, folder)
        case .calibrated(let base, let calibration): CalibratedModel(base: try classifier(base, folder), calibration: calibration)
        }
    }

    private func classifier(_ stored: StoredPluginModel, _ folder: VersionFolder) throws(LearningFault) -> PluginModel {
        let code = try code(of: stored, "model \(folder.name) v\(folder.version)")
        let bytes = try [UInt8](folder.bytes())
        do throws(ModelFault) {
            return try PluginModel(features: stored.features, threshold: stored.threshold, code: code, bytes: bytes)
        } catch {
            throw folder.damaged(VersionFolder.bytesFile, "\(error)")
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

    private func entries(of folder: String) throws(LearningFault) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw LearningFault("cannot list \(folder): \(error.localizedDescription)")
        }
    }

    private func unknown(_ name: String) -> LearningFault {
        let names = ((try? list()) ?? []).map(\.name)
        let known = names.isEmpty ? "there are none yet" : "there are \(names.joined(separator: ", "))"
        return LearningFault("there is no model \(name) in \(root); \(known); \(Self.refit)")
    }
}
