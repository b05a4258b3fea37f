import Foundation

/// The files a new plugin begins with.
package struct PluginTemplate {
    private static let header = "tickbook_plugin.h"

    private let name: String
    private let language: PluginManifest.Language

    package init(name: String, language: PluginManifest.Language) throws(PluginFault) {
        guard PluginManifest.isName(name) else { throw PluginManifest.unsuitable(name) }
        // Swift's own modules, and those of the kit, can't be made a second time.
        let taken = ["swift", "foundation", "glibc", "testing", "dispatch", "synchronization", "tickbookplugin", "ctickbookplugin"]
        let type = Self.typeName(name)
        guard language != .swift || !taken.contains(type.lowercased()) else {
            throw PluginFault("'\(name)' makes the Swift module '\(type)', which there is already", remedy: "choose another name")
        }
        self.name = name
        self.language = language
    }

    /// Writes the plugin's folder, which must not be there yet.
    package func write(to folder: String) throws(PluginFault) {
        guard !FileManager.default.fileExists(atPath: folder) else {
            throw PluginFault("\(folder) is there already", remedy: "choose another name, or remove the folder")
        }
        let draft = folder + ".new-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: draft) }
        do {
            for file in try Self.files(language) { try write(file, to: draft) }
            if language == .swift { try Self.writeHeader(to: draft + "/Sources/CTickbookPlugin/include") }
            try FileManager.default.moveItem(atPath: draft, toPath: folder)
        } catch {
            throw PluginFault(
                "\(folder) can't be written: \(error.localizedDescription)", remedy: "give yourself write access to the workspace")
        }
    }

    /// The header of the plugin interface, as a file in `folder`.
    static func writeHeader(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let content = try Data(contentsOf: root.appendingPathComponent(header))
        try content.write(to: URL(fileURLWithPath: folder + "/" + header), options: .atomic)
    }

    private static var root: URL { Bundle.module.resourceURL!.appendingPathComponent("Templates") }

    private static func files(_ language: PluginManifest.Language) throws -> [(path: String, content: Data)] {
        let folder = root.appendingPathComponent(language.rawValue).path
        return try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().compactMap { path in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isFolder), !isFolder.boolValue else {
                return nil
            }
            return (path, try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
        }
    }

    private func write(_ file: (path: String, content: Data), to folder: String) throws {
        let url = URL(fileURLWithPath: folder + "/" + filled(file.path))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(filled(String(decoding: file.content, as: UTF8.self)).utf8).write(to: url)
    }

    private func filled(_ text: String) -> String {
        text.replacing("__NAME__", with: name).replacing("__TYPE__", with: typeName)
    }

    /// `my_plugin` as `MyPlugin`.
    private var typeName: String { Self.typeName(name) }

    private static func typeName(_ name: String) -> String {
        name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
