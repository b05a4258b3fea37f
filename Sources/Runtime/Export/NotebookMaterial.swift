import Foundation
import Language
import PluginHost

/// What a notebook takes in and what it makes, by name.
struct NotebookMaterial {
    var tables: [String] = []
    var models: [String] = []
    var served: (model: String, port: Int)?
    /// Tables it reads and does not make.
    var foreignTables: [String] = []
    private var sources: [FileSource] = []

    init(_ notebook: CheckedNotebook) throws {
        for statement in notebook.statements {
            switch statement.kind {
            case .table(let name, let pipeline):
                take(pipeline)
                tables.append(name)
            case .model(let name, let model):
                take(model.pipeline)
                models.append(name)
            case .show(let pipeline, _): take(pipeline)
            case .plot(let plot): take(plot.pipeline)
            case .serve(let model, let port): served = (model, port)
            case .assertion: break
            }
        }
        foreignTables = foreignTables.filter { !tables.contains($0) && !tables.map { $0 + "__rejects" }.contains($0) }
    }

    private mutating func take(_ pipeline: CheckedPipeline) {
        sources += pipeline.files
        for table in pipeline.tables.sorted() where !foreignTables.contains(table) { foreignTables.append(table) }
    }

    /// The files it reads, by path.
    func inputs(in workspace: Workspace) throws -> [SourceFile] {
        var files: [String: SourceFile] = [:]
        for source in sources {
            for file in try SourceFiles(workspace: workspace).matching(source.glob) { files[file.path] = file }
        }
        return files.values.sorted { $0.path < $1.path }
    }

    /// The files of a plugin that a bundle takes along: what it is made of once built.
    static func files(of folder: PluginFolder) throws -> [String] {
        let entries = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let ticks = entries.filter { $0.hasSuffix(".tick") }
        return [PluginManifest.fileName] + (folder.isNative ? ["build/lib\(folder.manifest.name).so"] : ticks)
    }
}
