import Foundation

/// `tickbook.lock`: what a bundle was made of and what it makes, one fact a line, so that a message can name the line.
///
/// Words of a line are parted by spaces; a word with a space, a quote or nothing in it stands in quotes as JSON writes them.
package struct BundleLock: Sendable, Hashable {
    package static let fileName = "tickbook.lock"

    package enum Kind: String, Sendable {
        case format, tickbook, language, engine, platform
        case notebook, parameter, plugin, file, input
        case table, column, model, serve
    }

    package struct Line: Sendable, Hashable {
        package let kind: Kind
        package let words: [String]
        /// From 1, as an editor counts.
        package let number: Int

        package var text: String { ([kind.rawValue] + words.map(BundleLock.quoted)).joined(separator: " ") }
    }

    package private(set) var lines: [Line] = []

    package init() {}

    package mutating func append(_ kind: Kind, _ words: String...) { lines.append(Line(kind: kind, words: words, number: lines.count + 1)) }

    package subscript(kind: Kind) -> [Line] { lines.filter { $0.kind == kind } }

    package var text: String { lines.map { $0.text + "\n" }.joined() }

    // MARK: Reading

    /// The number of words of each kind of line.
    private static func count(of kind: Kind) -> Int {
        switch kind {
        case .format, .tickbook, .language, .engine, .platform: 1
        case .parameter, .serve: 2
        case .notebook, .file, .input, .table, .model: 3
        case .plugin, .column: 4
        }
    }

    package init(folder: String) throws {
        let path = "\(folder)/\(Self.fileName)"
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
            throw BundleFault.noLock(path)
        }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty { continue }
            guard let words = Self.words(of: line), let kind = words.first.flatMap(Kind.init), words.count == Self.count(of: kind) + 1
            else {
                throw BundleFault.damagedLock(path, line: index + 1)
            }
            lines.append(Line(kind: kind, words: Array(words.dropFirst()), number: index + 1))
        }
        guard let format = lines.first, format.kind == .format, format.words == ["1"] else { throw BundleFault.damagedLock(path, line: 1) }
    }

    private static func quoted(_ word: String) -> String {
        guard word.isEmpty || word.contains(where: { $0.isWhitespace || $0 == "\"" || $0 == "\\" }) else { return word }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(word)).map { String(decoding: $0, as: UTF8.self) } ?? word
    }

    private static func words(of line: Substring) -> [String]? {
        var words: [String] = []
        var rest = line
        while true {
            rest = rest.drop { $0 == " " }
            guard let first = rest.first else { return words }
            guard first == "\"" else {
                let word = rest.prefix { $0 != " " }
                words.append(String(word))
                rest = rest.dropFirst(word.count)
                continue
            }
            guard let end = closingQuote(of: rest),
                let word = try? JSONDecoder().decode(String.self, from: Data(rest[...end].utf8))
            else { return nil }
            words.append(word)
            rest = rest[rest.index(after: end)...]
        }
    }

    private static func closingQuote(of text: Substring) -> Substring.Index? {
        var isEscaped = false
        for index in text.indices.dropFirst() {
            if isEscaped {
                isEscaped = false
            } else if text[index] == "\\" {
                isEscaped = true
            } else if text[index] == "\"" {
                return index
            }
        }
        return nil
    }
}

/// Why a bundle can't be made or used.
package enum BundleFault: Error, CustomStringConvertible {
    case noLock(String)
    case damagedLock(String, line: Int)
    case notUpToDate([String], notebook: String)
    case outsideWorkspace(String)
    case foreignTables([String])
    case foreignModel(String)
    case folderInUse(String)
    case damagedModel(String)

    package var description: String {
        switch self {
        case .noLock(let path): "There is no readable \(path); this folder is no bundle. Make one: tickbook export NOTEBOOK --to DIR"
        case .damagedLock(let path, let line): "\(path):\(line) is no line that this Tickbook knows; export the notebook again."
        case .notUpToDate(let names, let notebook):
            "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") not up to date, so nobody knows what the bundle should make. "
                + "Run first: tickbook run \(notebook) --no-serve"
        case .outsideWorkspace(let path):
            "'\(path)' lies outside the workspace, where a bundle can't take it along. Move it into the workspace and name it from there."
        case .foreignTables(let names):
            "The notebook reads \(names.joined(separator: ", ")), which it doesn't make. Take the cells that make \(names.count == 1 ? "it" : "them") "
                + "into the notebook, so that the bundle begins with files."
        case .foreignModel(let name): "The notebook serves \(name), which it doesn't fit. Take the cell that fits it into the notebook."
        case .folderInUse(let path): "\(path) is not empty. Choose another folder, or with --replace write over an earlier bundle."
        case .damagedModel(let path): "\(path) has no files of a model; fit it again with tickbook run NOTEBOOK."
        }
    }
}
