import Foundation
import Testing

/// The repository's top folder, where the built program is.
let repositoryFolder = URL(fileURLWithPath: #filePath).pathComponents.dropLast(3).joined(separator: "/")

/// What a program did.
struct Ended {
    let code: Int32
    let output: String
    let errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
}

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

    func tickbook(_ arguments: String..., environment: [String: String] = [:]) throws -> Ended {
        try Self.run(Self.program, arguments, in: path, environment: environment)
    }

    static func run(
        _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]
    ) throws -> Ended {
        let (process, output, errors) = try start(program, arguments, in: folder, environment: environment)
        process.waitUntilExit()
        return Ended(code: process.terminationStatus, output: try output.text, errors: try errors.text)
    }

    /// Output goes to files, so that no pipe can fill up.
    static func start(
        _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]
    ) throws -> (Process, output: OutputFile, errors: OutputFile) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let (output, errors) = (try OutputFile(), try OutputFile())
        process.standardOutput = output.handle
        process.standardError = errors.handle
        try process.run()
        return (process, output, errors)
    }
}

/// What a program prints, in a file that goes with its owner.
final class OutputFile {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent("tickbook-output-\(UUID().uuidString)").path
    let handle: FileHandle

    init() throws {
        try #require(FileManager.default.createFile(atPath: path, contents: nil))
        handle = try #require(FileHandle(forWritingAtPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var text: String { get throws { String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self) } }
}
