import Crypto
import Foundation

/// A plugin on disk: `plugin.toml`, sources, and `build/lib<name>.so` once it is built.
package struct PluginFolder: Sendable {
    package let path: String
    package let manifest: PluginManifest

    /// What commands call it: the name of a plugin of the workspace, the path of another.
    package let mention: String

    /// Without a `mention`, commands call it by its path.
    package init(path: String, mention: String? = nil) throws(PluginFault) {
        self.path = path
        self.mention = mention ?? path
        manifest = try PluginManifest(folder: path)
    }

    package var isNative: Bool { manifest.language != .tick }
    package var libraryPath: String { "\(path)/build/lib\(manifest.name).so" }
    package var isBuilt: Bool { FileManager.default.fileExists(atPath: libraryPath) }

    /// The `.tick` files, by name.
    var tickFiles: [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return entries.filter { $0.hasSuffix(".tick") }.sorted().map { path + "/" + $0 }
    }

    /// Libraries that native code brings along in `lib/`, by name.
    private var broughtLibraries: [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: path + "/lib")) ?? []
        return entries.filter { $0.contains(".so") }.sorted().map { path + "/lib/" + $0 }
    }

    /// SHA-256 of what the plugin's functions are made of: the built library and those in `lib/`, or its `.tick` files, one after
    /// the other, each behind its name and length.
    package func contentHash() throws(PluginFault) -> String {
        var hash = SHA256()
        for file in isNative ? [libraryPath] + broughtLibraries : tickFiles {
            guard let content = FileManager.default.contents(atPath: file) else {
                throw file == libraryPath ? notBuilt : PluginFault("\(file) can't be read", remedy: "give yourself read access")
            }
            // Names and lengths too, so that bytes can't move from one file to the next.
            hash.update(data: Data("\((file as NSString).lastPathComponent) \(content.count)\n".utf8))
            hash.update(data: content)
        }
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    package var notBuilt: PluginFault {
        PluginFault("plugin '\(manifest.name)' is not built", remedy: "run: tickbook plugin build \(mention)")
    }
}
