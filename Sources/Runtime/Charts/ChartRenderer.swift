package import Charts
import Foundation
package import Language

/// Has charts drawn into files by the Python package vl-convert-python, in a program of its own.
package struct ChartRenderer: Sendable {
    package struct Job {
        let chart: Chart
        let format: ChartFile.Format
        let path: String

        /// `format` is one that is drawn, `path` a new file.
        package init(chart: Chart, format: ChartFile.Format, path: String) {
            self.chart = chart
            self.format = format
            self.path = path
        }
    }

    private let pythons: [String]
    private static let lacksPackage: Int32 = 3

    /// The Python that `TICKBOOK_CHARTS_PYTHON` names, which stands alone; else that of `.deps/charts` below one of `searchFolders`, or the
    /// first one on the PATH.
    package init(searchFolders: [String] = [], environment: [String: String] = ProcessInfo.processInfo.environment) {
        if let named = environment["TICKBOOK_CHARTS_PYTHON"], !named.isEmpty {
            pythons = [named]
            return
        }
        let ours = searchFolders.map { $0 + "/.deps/charts/bin/python" }
        let onPath = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }
        pythons = ours.filter { access($0, X_OK) == 0 } + onPath.filter { access($0, X_OK) == 0 }.prefix(1)
    }

    /// Draws all in one start of the program; `name` is what messages call the file.
    package func render(_ jobs: [Job], for name: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tickbook-chart-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let orders = folder.appendingPathComponent("charts.json")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text(jobs).utf8).write(to: orders)
        } catch {
            throw ChartFault.unwritableFile(path: folder.path, reason: WritableFolder.reason(of: error))
        }
        for python in pythons where access(python, X_OK) == 0 {
            let ended = try run(python, ["-c", Self.script, orders.path], in: folder, for: name)
            if ended.code == 0 { return }
            if ended.code != Self.lacksPackage { throw ChartFault.renderer(path: name, reason: ended.errors) }
        }
        throw ChartFault.noRenderer(path: name, tried: pythons.isEmpty ? ["this machine"] : pythons)
    }

    private func text(_ jobs: [Job]) -> String {
        let orders = jobs.map { job -> JSONValue in
            ["specification": VegaLite(job.chart).specification, "format": .text(job.format.rawValue), "path": .text(job.path)]
        }
        return JSONValue.list(orders).written
    }

    private func run(_ python: String, _ arguments: [String], in folder: URL, for name: String) throws -> (code: Int32, errors: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = arguments
        // Modules are looked for in the current folder first, and there are none in this one.
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        let said = folder.appendingPathComponent("said")
        _ = FileManager.default.createFile(atPath: said.path, contents: nil)
        let errors = try FileHandle(forWritingTo: said)
        process.standardOutput = errors
        process.standardError = errors
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do { try process.run() } catch {
            throw ChartFault.renderer(path: name, reason: "\(python) does not start: \(error.localizedDescription)")
        }
        if ended.wait(timeout: .now() + .seconds(120)) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            throw ChartFault.renderer(path: name, reason: "\(python) had not ended after 120 seconds")
        }
        let lines = (try? String(contentsOf: said, encoding: .utf8))?.split(separator: "\n") ?? []
        return (process.terminationStatus, lines.last.map(String.init) ?? "\(python) ended with code \(process.terminationStatus)")
    }

    private static let script = """
        import json, struct, sys, zlib
        try:
            import vl_convert
        except ImportError:
            sys.exit(\(lacksPackage))

        # A text chunk right behind the header says whose picture it is.
        def marked(picture):
            chunk = b"tEXt" + b"\(ChartMark.software.replacing("\0", with: "\\0"))"
            return picture[:33] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + picture[33:]

        for order in json.load(open(sys.argv[1], encoding="utf-8")):
            chart = order["specification"]
            if order["format"] == "png":
                content = marked(vl_convert.vegalite_to_png(chart, vl_version="5.21", scale=2))
            elif order["format"] == "svg":
                content = (vl_convert.vegalite_to_svg(chart, vl_version="5.21") + "\\n\(ChartMark.comment)\\n").encode()
            else:
                content = (vl_convert.vegalite_to_html(chart, vl_version="5.21", bundle=True) + "\\n\(ChartMark.comment)\\n").encode()
            with open(order["path"], "wb") as file:
                file.write(content)
        """
}
