/// What was found of one version, or of a model's aliases, when its files were read again.
package struct ModelVerification: Sendable, Hashable {
    package let name: String
    /// nil for the model's aliases.
    package let version: Int?
    /// One sentence each; empty where all is well.
    package let problems: [String]
    /// Whether the version has checksums; those of before they were kept have none.
    package let isSealed: Bool
}

extension ModelRegistry {
    /// What is wrong with a version as far as its small files tell; `verify` reads them all.
    package func problemAtAGlance(_ name: String, version: Int) -> String? {
        VersionFolder(root: root, name: name, version: version).problemAtAGlance()
    }

    /// Reads every file of a model again and compares it with its checksum; aliases must point at versions that are there.
    package func verify(_ name: String) throws -> [ModelVerification] {
        _ = try folder(name, nil)
        let versions = try versions(of: name)
        let found = versions.map { version in
            let folder = VersionFolder(root: root, name: name, version: version)
            let isSealed = ((try? folder.checksums()) ?? nil) != nil
            return ModelVerification(name: name, version: version, problems: folder.problems(), isSealed: isSealed)
        }
        let problems = aliasProblems(name, versions)
        return problems.isEmpty ? found : found + [ModelVerification(name: name, version: nil, problems: problems, isSealed: false)]
    }

    private func aliasProblems(_ name: String, _ versions: [Int]) -> [String] {
        do throws(LearningFault) {
            return try aliases(of: name).aliases.sorted { $0.key < $1.key }.filter { !versions.contains($0.value) }.map {
                "\(name)@\($0.key) points at v\($0.value), which is not there; promote another version or roll it back"
            }
        } catch {
            return [error.description]
        }
    }
}
