import Columnar
import Engine
import Foundation
import PluginHost

/// Holds a bundle's lock against what is there: before a run what it was made of, after a run what came out.
package struct BundleComparison {
    private let context: RunContext
    private let folder: String
    private let lock: BundleLock

    package init(context: RunContext, folder: String) throws {
        self.context = context
        self.folder = URL(fileURLWithPath: folder).standardizedFileURL.path
        lock = try BundleLock(folder: folder)
    }

    /// Where tool, notebook, plugins and, unless they may be new, input files are not those of the lock: one sentence a line.
    package func deviationsBefore(acceptsNewInputs: Bool, inputs: [String]?) throws -> [String] {
        var deviations: [String] = []
        for line in lock.lines {
            switch line.kind {
            case .tickbook: deviations += compare(line, TickbookVersion.current)
            case .engine: deviations += compare(line, try context.provider.get().engine.name)
            case .platform: deviations += compare(line, Platform.name)
            case .notebook, .file: deviations += try compareFile(line)
            case .plugin: deviations += try comparePlugin(line)
            case .input: if !acceptsNewInputs { deviations += try compareFile(line) }
            case .format, .language, .parameter, .table, .column, .model, .serve: break
            }
        }
        guard !acceptsNewInputs, let inputs else { return deviations }
        let known = Set(lock[.input].map { $0.words[0] })
        return deviations + inputs.filter { !known.contains($0) }.map { "\($0) is an input that the lock has no line for; remove it" }
    }

    /// Where tables and models are not what the lock says they come to.
    package func deviationsAfter() throws -> [String] {
        try lock[.table].flatMap(compareTable) + lock[.model].flatMap(compareModel)
    }

    /// The parameters as `-p` gives them.
    package var parameters: [String: String] {
        Dictionary(lock[.parameter].map { ($0.words[0], $0.words[1]) }, uniquingKeysWith: { first, _ in first })
    }

    package var notebook: String? { lock[.notebook].first.map { "\(folder)/\($0.words[0])" } }

    /// Counted in words of people: `12 tables and models`.
    package var resultCount: Int { lock[.table].count + lock[.model].count }

    // MARK: Lines

    private func place(_ line: BundleLock.Line) -> String { "\(BundleLock.fileName):\(line.number): \(line.kind.rawValue)" }

    private func compare(_ line: BundleLock.Line, _ found: String) -> [String] {
        line.words[0] == found ? [] : ["\(place(line)) is \(line.words[0]); here it is \(found)"]
    }

    private func compareFile(_ line: BundleLock.Line) throws -> [String] {
        let (path, byteCount) = (line.words[0], Int(line.words[1]) ?? 0)
        let root = line.kind == .input ? context.workspace.root : folder
        guard let found = try FileDigest(path: "\(root)/\(path)") else {
            return ["\(place(line)) \(path), \(byteCount) bytes, is not there or can't be read"]
        }
        guard found.byteCount == byteCount else {
            return [
                "\(place(line)) \(path) has \(byteCount) bytes; here it has \(found.byteCount), \(difference(found.byteCount, byteCount))"
            ]
        }
        guard found.sha256 == line.words[2] else {
            return ["\(place(line)) \(path) has SHA-256 \(short(line.words[2])); here it is \(short(found.sha256)), of as many bytes"]
        }
        return []
    }

    private func comparePlugin(_ line: BundleLock.Line) throws -> [String] {
        let (name, version, hash) = (line.words[0], line.words[1], line.words[3])
        do throws(PluginFault) {
            let plugin = try context.workspace.plugins.folder(name)
            let found = try plugin.contentHash()
            if plugin.manifest.version == version, found == hash { return [] }
            return ["\(place(line)) \(name) is \(version), \(short(hash)); here it is \(plugin.manifest.version), \(short(found))"]
        } catch {
            return ["\(place(line)) \(name) can't be used: \(error.reason)"]
        }
    }

    private func compareTable(_ line: BundleLock.Line) throws -> [String] {
        let (name, rowCount) = (line.words[0], Int(line.words[1]) ?? 0)
        let found: TableDigest
        do {
            found = try TableDigest.of(name, in: context)
        } catch RunFault.missingInput {
            return ["\(place(line)) \(name), \(counted(rowCount, "row")), is not there"]
        }
        if found.rowCount != rowCount {
            return [
                "\(place(line)) \(name) has \(counted(rowCount, "row")); here it has \(found.rowCount.grouped), "
                    + difference(found.rowCount, rowCount)
            ]
        }
        let expected = lock[.column].filter { $0.words[0] == name }
        let columns = Dictionary(uniqueKeysWithValues: found.columns.map { ($0.name, $0) })
        let others = expected.filter { columns[$0.words[1]]?.sha256 != $0.words[3] || columns[$0.words[1]]?.type.rawValue != $0.words[2] }
        let added = found.columns.map(\.name).filter { name in !expected.contains { $0.words[1] == name } }
        guard !others.isEmpty || !added.isEmpty else {
            return found.sha256 == line.words[2]
                ? []
                : ["\(place(line)) \(name) has SHA-256 \(short(line.words[2])); here it is \(short(found.sha256)), of the same columns"]
        }
        let words = others.map { "\($0.words[1]) (line \($0.number))" } + added.map { "\($0) (no line)" }
        return [
            "\(place(line)) \(name) has as many rows here, but \(others.count + added.count) of its \(expected.count) columns differ: "
                + words.joined(separator: ", ")
        ]
    }

    private func compareModel(_ line: BundleLock.Line) throws -> [String] {
        let (name, byteCount, hash) = (line.words[0], line.words[1], line.words[2])
        guard let found = try ModelDigest.of(name, in: context.workspace) else { return ["\(place(line)) \(name) is not there"] }
        if found.sha256 == hash, String(found.byteCount) == byteCount { return [] }
        return [
            "\(place(line)) \(name) has \(byteCount) bytes, \(short(hash)); here it has \(found.byteCount) bytes, \(short(found.sha256))"
        ]
    }

    private func difference(_ found: Int, _ expected: Int) -> String {
        found > expected ? "\((found - expected).grouped) more" : "\((expected - found).grouped) fewer"
    }

    private func short(_ hash: String) -> String { "\(hash.prefix(16))…" }
}

extension LoadedNotebook {
    /// The files that the notebook's cells read, as the workspace names them.
    package func inputPaths(in workspace: Workspace) -> [String]? {
        try? NotebookMaterial(checked).inputs(in: workspace).map(\.path)
    }
}
