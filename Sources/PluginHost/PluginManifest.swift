import Foundation
import TOMLKit

/// What `plugin.toml` says.
package struct PluginManifest: Sendable, Hashable {
    package enum Language: String, Sendable, CaseIterable { case swift, c, tick }

    package static let fileName = "plugin.toml"

    package let name: String
    package let version: String
    package let description: String
    package let language: Language
    /// Libraries that C code is linked with: `m` is `-lm`.
    package let libraries: [String]

    /// Reads the manifest in a plugin's folder.
    package init(folder: String) throws(PluginFault) {
        let path = folder + "/" + Self.fileName
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw PluginFault("there is no readable \(path)", remedy: "begin with: tickbook plugin new NAME --language swift")
        }
        try self.init(text: text, path: path)
    }

    init(text: String, path: String) throws(PluginFault) {
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw PluginFault("\(path):\(error.source.begin.line): \(error.description)", remedy: "write one key = \"value\" a line")
        } catch {
            throw PluginFault("\(path): \(error)", remedy: "write one key = \"value\" a line")
        }
        let fields = Fields(table: table, path: path)
        try fields.checkKeys(["name", "version", "description", "language", "libraries"])
        name = try fields.text("name")
        version = try fields.text("version")
        description = try fields.text("description")
        let word = try fields.text("language")
        guard let language = Language(rawValue: word) else {
            throw PluginFault("\(path): the language is '\(word)'", remedy: "write one of \(Language.names)")
        }
        self.language = language
        libraries = try fields.texts("libraries")
        guard Self.isName(name) else { throw Self.unsuitable(name) }
    }

    /// Letters, digits and underscores, as notebooks write it behind `use`.
    static func isName(_ name: String) -> Bool {
        name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil
    }

    static func unsuitable(_ name: String) -> PluginFault {
        PluginFault(
            "'\(name)' can't be the name of a plugin",
            remedy: "write a word of lower-case letters, digits and underscores, such as my_plugin")
    }
}

extension PluginManifest.Language {
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

private struct Fields {
    let table: TOMLTable
    let path: String

    func checkKeys(_ known: [String]) throws(PluginFault) {
        for key in table.keys where !known.contains(key) {
            throw PluginFault("\(path): there is no key '\(key)'", remedy: "there are \(known.joined(separator: ", "))")
        }
    }

    func text(_ key: String) throws(PluginFault) -> String {
        guard let text = table[key]?.string, !text.isEmpty else {
            throw PluginFault("\(path): '\(key)' is missing or no text", remedy: "write \(key) = \"…\"")
        }
        return text
    }

    func texts(_ key: String) throws(PluginFault) -> [String] {
        guard let value = table[key] else { return [] }
        guard let array = value.array else { throw wrongList(key) }
        var texts: [String] = []
        for item in array {
            guard let text = item.string, text.wholeMatch(of: /[A-Za-z0-9_.+-]+/) != nil else { throw wrongList(key) }
            texts.append(text)
        }
        return texts
    }

    private func wrongList(_ key: String) -> PluginFault {
        PluginFault("\(path): '\(key)' is no list of names", remedy: "write \(key) = [\"m\"]")
    }
}
