package import Charts
import Foundation
package import Language

/// Writes charts into files named by notebooks, each wholly or not at all.
package struct ChartFiles: Sendable {
    private let workspace: Workspace
    private let renderer: ChartRenderer

    package init(workspace: Workspace, renderer: ChartRenderer) {
        self.workspace = workspace
        self.renderer = renderer
    }

    /// Throws where the chart must not be written, before any row is read.
    package func check(_ file: ChartFile) throws {
        let path = workspace.absolute(file.path)
        guard !workspace.keeps((path as NSString).deletingLastPathComponent) else { throw ChartFault.fileAmongTables(path: file.path) }
        guard FileManager.default.fileExists(atPath: path) else { return }
        guard ChartMark.isOn(path, file.format) else { throw ChartFault.otherFile(path: file.path) }
    }

    package func write(_ chart: Chart, to file: ChartFile) throws {
        try check(file)
        let path = workspace.absolute(file.path)
        let folder = (path as NSString).deletingLastPathComponent
        let part = "\(folder)/.\((path as NSString).lastPathComponent).\(getpid()).part"
        defer { unlink(part) }
        try writing(file) { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
        if file.format == .json {
            try writing(file) { try Data((VegaLite(chart).text + "\n").utf8).write(to: URL(fileURLWithPath: part)) }
        } else {
            try renderer.render([ChartRenderer.Job(chart: chart, format: file.format, path: part)], for: file.path)
        }
        guard rename(part, path) == 0 else {
            throw ChartFault.unwritableFile(path: file.path, reason: String(cString: strerror(errno)))
        }
    }

    private func writing(_ file: ChartFile, _ body: () throws -> Void) throws {
        do { try body() } catch { throw ChartFault.unwritableFile(path: file.path, reason: WritableFolder.reason(of: error)) }
    }
}

/// What tells a chart of ours from another file, so that no other is overwritten.
enum ChartMark {
    static let comment = "<!-- chart of tickbook -->"
    /// In a PNG, behind the keyword of a text chunk (PNG specification, 11.3.4.3).
    static let software = "Software\0tickbook"

    static func isOn(_ path: String, _ format: ChartFile.Format) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let end = (try? file.seekToEnd()) ?? 0
        // The mark of text stands at the end, those of the others at the beginning.
        let start = format == .svg || format == .html ? end - min(end, 200) : 0
        guard (try? file.seek(toOffset: start)) != nil, let bytes = try? file.read(upToCount: 400) else { return false }
        let mark =
            switch format {
            case .svg, .html: comment
            case .png: software
            case .json: VegaLite.mark
            }
        return bytes.range(of: Data(mark.utf8)) != nil
    }
}
