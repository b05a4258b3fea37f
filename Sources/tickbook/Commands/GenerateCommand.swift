import ArgumentParser
import Columnar
import Foundation
import Runtime

struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write synthetic prices as CSV, for demos and load; the same seed gives the same bytes anywhere.",
        discussion: "The columns are those of the sample notebook: Ticker, Date, Open, High, Low, Close, Volume, Adj Close.")

    @Option(name: .customLong("to"), help: "The file to write; - is standard output.")
    var path: String
    @Flag(help: "Write over a file that is there.")
    var replace = false
    @Option(help: "How many symbols: S0001, S0002, …")
    var symbols = 5
    @Option(help: "Rows of each symbol.")
    var rows = 1_000
    @Option(help: "One row per weekday, or per minute of trading: day or minute.")
    var interval = TradingTimes.Interval.day
    @Option(help: "The first day.")
    var start = "2015-01-01"
    @Option(help: "Of a thousand rows, how many are left out.")
    var gaps = 0
    @Option(help: "Of a thousand rows, how many are faulty.")
    var faults = 0
    @Option(
        name: .customLong("fault-kinds"), parsing: .upToNextOption,
        help: "Kinds of faults: negative (close), inverted (high below low), duplicate, missing (value), disorder (row after its next).")
    var faultKinds = PriceFault.allCases
    @Option(help: "Another seed gives other prices.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (1...100_000).contains(symbols) else { throw ValidationError("--symbols expects 1 to 100,000; found \(symbols).") }
        guard (1...100_000_000).contains(rows) else { throw ValidationError("--rows expects 1 to 100,000,000; found \(rows).") }
        guard CalendarDate(iso: start) != nil else { throw ValidationError("--start expects a day like 2015-01-01; found '\(start)'.") }
        for (name, value) in [("--gaps", gaps), ("--faults", faults)] where !(0...1000).contains(value) {
            throw ValidationError("\(name) counts rows of a thousand, 0 to 1000; found \(value).")
        }
    }

    func run() throws {
        var generator = PriceGenerator(start: CalendarDate(iso: start)!)
        (generator.symbols, generator.rows, generator.interval) = (symbols, rows, interval)
        (generator.gaps, generator.faults, generator.faultKinds, generator.seed) = (Int64(gaps), Int64(faults), faultKinds, seed)
        let count = try FaultText.reporting {
            let file = try GeneratedFile(path: path, replaces: replace)
            let count = try generator.run { try file.write($0) }
            try file.finish()
            return count
        }
        let kinds = PriceFault.allCases.compactMap { kind in count.faults[kind].map { "\($0.grouped) \(kind.rawValue)" } }
        let extras = (count.gaps > 0 ? ["\(count.gaps.grouped) left out"] : []) + kinds
        Terminal.note(([counted(count.rows, "row")] + extras).joined(separator: " · "))
    }
}

extension TradingTimes.Interval: ExpressibleByArgument {}

/// A file that appears under its name when it is whole, or standard output.
final class GeneratedFile {
    private let path: String
    private let draft: String?
    private let handle: FileHandle

    init(path: String, replaces: Bool) throws {
        self.path = path
        guard path != "-" else {
            (draft, handle) = (nil, .standardOutput)
            return
        }
        guard replaces || !FileManager.default.fileExists(atPath: path) else { throw CommandFault.fileIsThere(path) }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let draft = folder.appendingPathComponent(".\(URL(fileURLWithPath: path).lastPathComponent).\(getpid()).part").path
        guard FileManager.default.createFile(atPath: draft, contents: nil), let handle = FileHandle(forWritingAtPath: draft) else {
            throw CommandFault.unwritableFile(path, reason: String(cString: strerror(errno)))
        }
        (self.draft, self.handle) = (draft, handle)
    }

    deinit { if let draft { unlink(draft) } }

    func write(_ bytes: [UInt8]) throws {
        guard draft == nil else { return try handle.write(contentsOf: Data(bytes)) }
        Terminal.write(bytes)
    }

    func finish() throws {
        guard let draft else { return }
        try handle.close()
        guard rename(draft, path) == 0 else { throw CommandFault.unwritableFile(path, reason: String(cString: strerror(errno))) }
    }
}
