import Foundation
import PluginHost
import Testing

/// What is said of a `plugin.toml` that is wrong.
@Suite struct ManifestTests {
    private static let right = ["name": "a", "version": "1", "description": "d", "language": "c"]

    @Test(arguments: [
        ("language", "\"rust\"", "the language is 'rust'"),
        ("name", "\"My-Plugin\"", "'My-Plugin' can't be the name of a plugin"),
        ("version", "3", "'version' is missing or no text"),
        ("licence", "\"MIT\"", "there is no key 'licence'"),
        ("libraries", "\"m\"", "'libraries' is no list of names"),
        ("libraries", "[\"m -Wl,-z\"]", "'libraries' is no list of names"),
        ("name", "\"a", "plugin.toml:"),
    ])
    func aWrongManifestSaysWhere(_ key: String, _ value: String, _ expected: String) throws {
        var lines = Self.right.mapValues { "\"\($0)\"" }
        lines[key] = value
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("manifest-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(lines.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: "\n").utf8)
            .write(to: folder.appendingPathComponent("plugin.toml"))
        do {
            _ = try PluginManifest(folder: folder.path)
            Issue.record("no fault")
        } catch {
            #expect(error.reason.contains(expected), "\(error)")
        }
    }
}
