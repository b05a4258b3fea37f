import Foundation

/// `plugins.lock`: the native plugins whose code a workspace runs, pinned by hash, and where plugins from elsewhere lie.
package struct PluginLock: Sendable {
    package static let fileName = "plugins.lock"

    package struct Entry: Sendable, Hashable, Codable {
        /// Relative to the workspace where it lies in there.
        package let folder: String
        package let version: String
        package let sha256: String

        package init(folder: String, version: String, sha256: String) {
            self.folder = folder
            self.version = version
            self.sha256 = sha256
        }
    }

    private struct Content: Codable {
        var format = 1
        var plugins: [String: Entry] = [:]
    }

    private let path: String
    private var content: Content

    /// Reads a workspace's lock; a workspace without one has no entries.
    package init(workspace: String) throws(PluginFault) {
        path = workspace + "/" + Self.fileName
        content = Content()
        guard FileManager.default.fileExists(atPath: path) else { return }
        guard let data = FileManager.default.contents(atPath: path) else { throw damaged("it can't be read") }
        do {
            content = try JSONDecoder().decode(Content.self, from: data)
        } catch {
            throw damaged("it is not what `tickbook plugin add` writes")
        }
        guard content.format == 1 else { throw damaged("its format is \(content.format), of a newer Tickbook") }
    }

    package var names: [String] { content.plugins.keys.sorted() }

    package subscript(name: String) -> Entry? { content.plugins[name] }

    package mutating func set(_ entry: Entry, for name: String) { content.plugins[name] = entry }

    package mutating func remove(_ name: String) { content.plugins[name] = nil }

    /// Replaces the file as a whole.
    package func write() throws(PluginFault) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            let data = try encoder.encode(content) + Data("\n".utf8)
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw PluginFault(
                "\(path) can't be written: \(error.localizedDescription)", remedy: "nothing was changed; mend that and try again")
        }
    }

    private func damaged(_ reason: String) -> PluginFault {
        PluginFault("\(path) can't be used: \(reason)", remedy: "restore it from version control, or delete it and add the plugins again")
    }
}
