import ArgumentParser
import Foundation
import PluginHost

/// A plugin's library run in a process of its own, so that one that crashes, hangs or ends the process takes nothing else with it.
struct PluginProbe {
    enum Ending {
        /// How many rules were broken.
        case well(broken: Int)
        case refused(String)
        case badly(String)
    }

    /// Before what the process prints last, when all went as it should; a plugin that ends the process doesn't get there.
    fileprivate static let end = "\u{1}probe ends "
    /// Before what it is about to run.
    fileprivate static let beginning = "\u{1}probe runs "

    /// What it printed.
    let lines: [Substring]
    let ending: Ending

    /// Whether the library loads, and its functions make states.
    static func check(_ folder: PluginFolder) throws {
        let unchanged = "nothing was changed"
        switch try PluginProbe(folder).ending {
        case .well: return
        case .refused(let words): throw PluginProbeFault(description: "\(words); \(unchanged)")
        case .badly(let words): throw PluginProbeFault(description: "\(words); \(unchanged); \(mending(folder))")
        }
    }

    /// Holds its functions and models against the rules; the number of those broken.
    static func test(_ folder: PluginFolder) throws -> Int {
        let probe = try PluginProbe(folder, ["--rules"])
        for line in probe.lines { Terminal.print(String(line)) }
        switch probe.ending {
        case .well(let broken): return broken
        case .refused(let words): throw PluginProbeFault(description: words)
        case .badly(let words): throw PluginProbeFault(description: "\(words); \(mending(folder))")
        }
    }

    private static func mending(_ folder: PluginFolder) -> String { "mend it, then run: tickbook plugin build \(folder.mention)" }

    private init(_ folder: PluginFolder, _ options: [String] = []) throws {
        guard folder.isBuilt else { throw folder.notBuilt }
        let run = try ProgramRun(
            "/proc/self/exe", ["plugin", "probe", folder.path, "--mention", folder.mention] + options,
            environment: ["SWIFT_BACKTRACE": "enable=no"])
        let text = run.text.split(separator: "\n")
        ending = Self.ending(of: run, text, folder.manifest.name)
        lines = text.filter { !$0.hasPrefix("\u{1}") && !$0.hasPrefix("error: ") }
    }

    private static func ending(of run: ProgramRun, _ text: [Substring], _ plugin: String) -> Ending {
        let current = text.last { $0.hasPrefix(beginning) }.map { String($0.dropFirst(beginning.count)) }
        let place = current.map { "in \($0)" } ?? "when it is loaded"
        if run.signal == SIGALRM { return .badly("plugin '\(plugin)' hangs \(place)") }
        if let signal = run.signal { return .badly("plugin '\(plugin)' crashes \(place) (signal \(signal))") }
        if run.status == 0, let broken = text.last(where: { $0.hasPrefix(end) }).flatMap({ Int($0.dropFirst(end.count)) }) {
            return .well(broken: broken)
        }
        if run.status == FaultText.wrongNotebook.rawValue, let words = text.last(where: { $0.hasPrefix("error: ") }) {
            return .refused(String(words.trimmingPrefix("error: ")))
        }
        return .badly("plugin '\(plugin)' ends the process \(place)")
    }
}

/// What came of a plugin's library in a process of its own.
struct PluginProbeFault: Error, CustomStringConvertible {
    let description: String
}

struct PluginProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "probe", abstract: "Load a plugin and end.", shouldDisplay: false)

    /// Enough for the slowest rule on a busy machine.
    private static let secondsPerFunction: UInt32 = 240

    @Argument var folder: String
    @Option(help: "What commands call the plugin.")
    var mention: String?
    @Flag(help: "Look for broken rules.")
    var rules = false
    @Option(help: "How long the library may take to load.")
    var seconds: UInt32 = 30

    func run() throws {
        PluginTrial.limit(seconds: seconds)
        do {
            let folder = try PluginFolder(path: folder, mention: mention)
            let plugin = try LoadedPlugin(native: folder, hash: folder.contentHash())
            if !rules { try PluginTrial.makeStates(of: plugin) }
            let broken = rules ? test(plugin) : 0
            Terminal.print("\n\(PluginProbe.end)\(broken)")
        } catch {
            Terminal.note("\nerror: \(FaultText.words(error))")
            throw FaultText.wrongNotebook
        }
    }

    private func test(_ plugin: LoadedPlugin) -> Int {
        let broken = PluginRules { call in
            PluginTrial.limit(seconds: Self.secondsPerFunction)
            Terminal.print("\n\(PluginProbe.beginning)\(call)")
        }.broken(by: plugin)
        let models = plugin.models.isEmpty ? "" : "\(counted(plugin.models.count, "model")), "
        let functions = plugin.definitions.isEmpty && !models.isEmpty ? "" : "\(counted(plugin.definitions.count, "function")), "
        Terminal.print("\(plugin.name): \(functions)\(models)\(counted(broken, "broken rule"))")
        return broken
    }
}
