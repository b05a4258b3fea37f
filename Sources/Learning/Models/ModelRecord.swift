package import Foundation

/// What the registry keeps of a version, read without the code that predicts.
package struct ModelRecord: Sendable {
    package let name: String
    package let version: Int
    package let metadata: ModelMetadata
    /// Before it is calibrated; nil for a plugin's model.
    package let logistic: LogisticModel?

    /// As paths and answers write it: `v1`.
    package var versionName: String { "v\(version)" }
}

extension ModelRegistry {
    package func record(_ selector: ModelSelector) throws -> ModelRecord {
        let folder = try folder(selector.name, version(of: selector))
        let (stored, metadata) = try folder.content()
        return ModelRecord(name: folder.name, version: folder.version, metadata: metadata, logistic: stored.logistic)
    }

    /// The file that holds all of the fit: the bytes that a plugin made, or `model.json`.
    package func nativeFile(_ name: String, version: Int) throws -> Data {
        let folder = try folder(name, version)
        return try folder.content().stored.hasBytes ? folder.bytes() : folder.file(VersionFolder.modelFile)
    }
}
