import ChildPrograms
import Foundation
import Testing

/// The repository's top folder, where the built program is.
let repositoryFolder = URL(fileURLWithPath: #filePath).pathComponents.dropLast(3).joined(separator: "/")

/// A workspace of its own, and the built program run in it as a user runs it.
final class CommandLine {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("tickbook-\(UUID().uuidString)").resolvingSymlinksInPath().path
    static let program = repositoryFolder + "/.build/release/tickbook"

    init() throws { try FileManager.default.createDirectory(atPath: path + "/data/inbox", withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A workspace with the sample notebook and its prices.
    static func sample() throws -> CommandLine {
        let line = try CommandLine()
        let prices = try Self.run("/bin/gunzip", ["--stdout", repositoryFolder + "/.deps/python/bokeh_sampledata/_data/stocks.csv.gz"])
        try line.write("data/inbox/stocks.csv", prices.output)
        try line.write("notebook.md", String(contentsOfFile: repositoryFolder + "/notebooks/stock_direction.md", encoding: .utf8))
        return line
    }

    func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name)) }

    /// A notebook of these cells, as `notebook.md`.
    func notebook(_ cells: String) throws { try write("notebook.md", "---\ntickbook: 1\n---\n" + cells) }

    /// Runs say nothing of progress, which they say of slow cells alone: on a busy machine any cell may be one.
    func tickbook(_ arguments: String..., environment: [String: String] = [:]) throws -> Ended {
        let quiet = arguments.first == "run" && !arguments.contains("-v") ? ["-q"] : []
        return try Self.run(Self.program, arguments + quiet, in: path, environment: environment)
    }

    static func run(
        _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]
    ) throws -> Ended {
        try ChildProgram.run(program, arguments, in: folder, environment: environment)
    }

    /// Begins to run the program; it ends when nobody holds it any more.
    static func start(
        _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]
    ) throws -> ChildProgram {
        try ChildProgram(program, arguments, in: folder, environment: environment)
    }
}
