import ChildPrograms
import Foundation
import Testing

/// Native plugins from their making to their use, as a user meets them.
@Suite struct PluginCommandTests {
    private let line: CommandLine

    init() throws { line = try CommandLine() }

    @Test(arguments: ["c", "swift", "tick"])
    func aNewPluginBuildsPassesItsRulesAndComputes(_ language: String) throws {
        try done("plugin", "new", "fresh", "--language", language)
        if language != "tick" { try done("plugin", "build", "fresh") }
        let tested = try done("plugin", "test", "fresh")
        #expect(tested.output.hasPrefix(language == "tick" ? "fresh: 2 indicators, 0 mistakes" : "✓ fresh_change"))
        if language == "swift" { #expect(tested.lines.contains("✓ fresh_bayes")) }
        if language != "tick" { try done("plugin", "add", "fresh") }
        try notebook("use fresh\ntable out = raw | derive(c = fresh_change(close, n = 1))")
        try done("run", "notebook.md")
        #expect(try done("query", "out", "--format", "csv").output == "symbol,date,close,c\nA,2020-01-02,100.0,\nA,2020-01-03,150.0,50.0\n")
        #expect(try done("run", "notebook.md").lines.last?.hasPrefix("Nothing to do") == true)
    }

    @Test func aNewPluginLeavesAFolderThatIsThereAlone() throws {
        try done("plugin", "new", "fresh", "--language", "c")
        let again = try line.tickbook("plugin", "new", "fresh", "--language", "swift")
        #expect(again.code == 1)
        #expect(again.errors.contains("/plugins/fresh is there already; choose another name, or remove the folder"))
    }

    @Test func codeThatIsNotAllowedIsRefusedWithTheCommandThatAllowsIt() throws {
        try done("plugin", "new", "fresh", "--language", "c")
        try done("plugin", "build", "fresh")
        try notebook("use fresh\ntable out = raw | derive(c = fresh_change(close, n = 1))")
        let refused = try line.tickbook("run", "notebook.md")
        #expect(refused.code == 2)
        #expect(
            refused.errors == """
                notebook.md:6:5: error: plugin 'fresh' can't be used: its native code is not allowed in this workspace
                    6 | use fresh
                      |     ^^^^^
                      = help: if you trust it, run: tickbook plugin add fresh


                """)
    }

    @Test func otherCodeMakesATableAnew() throws {
        try done("plugin", "new", "fresh", "--language", "c")
        try done("plugin", "build", "fresh")
        try done("plugin", "add", "fresh")
        try notebook("use fresh\ntable out = raw | derive(c = fresh_change(close, n = 1))")
        try done("run", "notebook.md")
        let source = line.path + "/plugins/fresh/Sources/fresh.c"
        let code = try String(contentsOfFile: source, encoding: .utf8)
        try line.write("plugins/fresh/Sources/fresh.c", code.replacingOccurrences(of: "100 * (", with: "1 * ("))
        try done("plugin", "build", "fresh")
        #expect(try line.tickbook("run", "notebook.md").errors.contains("is not the one in plugins.lock"))
        try done("plugin", "add", "fresh")
        #expect(try done("run", "notebook.md").output.contains("definition changed"))
        #expect(try done("query", "out", "--format", "csv").output.hasSuffix("150.0,0.5\n"))
    }

    @Test func aPluginThatCrashesWhenLoadedIsNotAdded() throws {
        try done("plugin", "new", "fresh", "--language", "c")
        let source = try String(contentsOfFile: line.path + "/plugins/fresh/Sources/fresh.c", encoding: .utf8)
        try line.write(
            "plugins/fresh/Sources/fresh.c", source + "\n__attribute__((constructor)) static void crash(void) { abort(); }\n")
        try done("plugin", "build", "fresh")
        let added = try line.tickbook("plugin", "add", "fresh")
        #expect(added.code == 1)
        #expect(added.errors.contains("plugin 'fresh' crashes when it is loaded (signal 6); nothing was changed"))
        #expect(!FileManager.default.fileExists(atPath: line.path + "/plugins.lock"))
    }

    @Test(arguments: [
        ("__attribute__((constructor)) static void leave(void) { exit(0); }", "ends the process when it is loaded"),
        ("__attribute__((constructor)) static void leave(void) { _exit(0); }", "ends the process when it is loaded"),
    ])
    func aPluginThatEndsTheProcessIsNotAdded(_ code: String, _ expected: String) throws {
        try makeFresh(with: "#include <unistd.h>\n" + code)
        let added = try line.tickbook("plugin", "add", "fresh")
        #expect(added.code == 1)
        #expect(added.errors.contains("plugin 'fresh' \(expected); nothing was changed"), "\(added.errors)")
        #expect(!FileManager.default.fileExists(atPath: line.path + "/plugins.lock"))
    }

    @Test func aPluginThatHangsWhenLoadedIsEnded() throws {
        try makeFresh(with: "__attribute__((constructor)) static void wait(void) { for (;;) ; }")
        let probe = try line.tickbook("plugin", "probe", line.path + "/plugins/fresh", "--seconds", "1")
        #expect(probe.code == SIGALRM, "\(probe)")
    }

    @Test(arguments: [("abort()", "crashes in fresh_change(x, 10) (signal 6)"), ("exit(0)", "ends the process in fresh_change(x, 10)")])
    func aFunctionThatCrashesInATestIsNamed(_ code: String, _ expected: String) throws {
        try makeFresh { $0.replacing("  ring *ring = state;\n  for", with: "  \(code);\n  ring *ring = state;\n  for") }
        let tested = try line.tickbook("plugin", "test", "fresh")
        #expect(tested.code == 1)
        #expect(tested.errors == "error: plugin 'fresh' \(expected); mend it, then run: tickbook plugin build fresh\n")
    }

    @Test func aFunctionThatEndsTheProcessInARunEndsItAsAFault() throws {
        try makeFresh { $0.replacing("  ring *ring = state;\n  for", with: "  exit(0);\n  ring *ring = state;\n  for") }
        try done("plugin", "add", "fresh")
        try notebook("use fresh\ntable out = raw | derive(c = fresh_change(close, n = 1))")
        let ended = try line.tickbook("run", "notebook.md")
        #expect(ended.code == 1)
        #expect(ended.errors.contains("a plugin's code ended the process"))
    }

    @Test func namesThatThereAreAlreadyAreRefused() throws {
        let made = try line.tickbook("plugin", "new", "swift", "--language", "swift")
        #expect(made.errors.contains("'swift' makes the Swift module 'Swift', which there is already"))
        #expect(!FileManager.default.fileExists(atPath: line.path + "/plugins/swift"))
        try makeFresh { $0.replacing("\"fresh_change\"", with: "\"sma\"") }
        let added = try line.tickbook("plugin", "add", "fresh")
        #expect(added.errors.contains("plugin 'fresh' has a function 'sma', which is built in"), "\(added.errors)")
    }

    @Test func aQueryUsesPlugins() throws {
        try done("plugin", "new", "fresh", "--language", "tick")
        try notebook("table out = raw")
        try done("run", "notebook.md")
        let pipeline = "out | derive(c = fresh_change(close, n = 1)) | select(c)"
        #expect(try done("query", "use fresh\n" + pipeline, "--format", "csv").lines.last == "50.0")
        let without = try line.tickbook("query", pipeline)
        #expect(without.code == 2)
        #expect(without.errors.contains("plugin 'fresh' has it") && without.errors.contains("write above: use fresh"), "\(without.errors)")
    }

    @Test func defaultsThatNoWindowTakesAreNotAdded() throws {
        try makeFresh { $0.replacing("window->look_back =", with: "window->look_back = -5 -") }
        let added = try line.tickbook("plugin", "add", "fresh")
        #expect(added.code == 1)
        #expect(added.errors.contains("fresh_change of plugin 'fresh' can't be used with its default parameters"), "\(added.errors)")
        #expect(try line.tickbook("plugin", "test").lines.contains { $0.hasPrefix("- fresh: skipped, its code is not in plugins.lock") })
    }

    @Test func aFunctionThatFailsInUseLeavesTheTableAsItWas() throws {
        try done("plugin", "new", "fresh", "--language", "c")
        try done("plugin", "build", "fresh")
        try done("plugin", "add", "fresh")
        try notebook("use fresh\ntable out = raw | derive(c = fresh_change(close, n = 1))")
        try done("run", "notebook.md")
        let source = try String(contentsOfFile: line.path + "/plugins/fresh/Sources/fresh.c", encoding: .utf8)
        try line.write(
            "plugins/fresh/Sources/fresh.c",
            source.replacingOccurrences(
                of: "  ring *ring = state;\n  for",
                with: "  return snprintf(message, 99, \"the licence ran out\"), 1;\n  ring *ring = state;\n  for"))
        try done("plugin", "build", "fresh")
        try done("plugin", "add", "fresh")
        let failed = try line.tickbook("run", "notebook.md")
        #expect(failed.code == 1)
        #expect(
            failed.errors.contains(
                "fresh_change of plugin 'fresh' failed: the licence ran out; the table is as it was; to look into it, run: tickbook plugin test fresh"
            ))
        #expect(try done("query", "out", "--format", "csv").output.hasSuffix("150.0,50.0\n"))
    }

    @Test func brokenRulesAreListedAndEndTheTest() throws {
        try done("plugin", "new", "wrong", "--language", "c")
        for file in ["wrong.c", "wrong_models.c"] {
            try line.write(
                "plugins/wrong/Sources/" + file,
                String(contentsOfFile: repositoryFolder + "/Tests/PluginHostTests/Wrong/" + file, encoding: .utf8))
        }
        try done("plugin", "build", "wrong")
        let tested = try line.tickbook("plugin", "test", "wrong")
        #expect(tested.code == 1)
        #expect(tested.lines.contains("✓ sound(x)"))
        #expect(tested.lines.contains { $0.hasPrefix("✗ memory(x): broken: states are given back: 4000 states leave ") })
        #expect(tested.lines.contains("✗ failing(x): failing of plugin 'wrong' failed: row 101 is one too many"))
        #expect(tested.lines.contains("✓ nearest_mean"))
        #expect(tested.lines.contains { $0.hasPrefix("✗ crowded: broken: a row alone gives what it gives among others: row 0 gives ") })
        #expect(tested.lines.contains("✗ unwilling of plugin 'wrong': these rows don't please me"))
    }

    @Test func withoutANameTheBuiltInFunctionsAndAllPluginsThatMayRunAreTested() throws {
        try done("plugin", "new", "fresh", "--language", "tick")
        try done("plugin", "new", "unbuilt", "--language", "c")
        let tested = try line.tickbook("plugin", "test")
        #expect(tested.code == 0)
        #expect(tested.lines.contains { $0.hasPrefix("built in: ") && $0.hasSuffix(" functions, 0 broken rules") }, "\(tested.output)")
        #expect(tested.lines.contains("✓ macd(x, 12, 26, 9)"))
        #expect(tested.lines.contains("fresh: 2 indicators, 0 mistakes"))
        let skipped = "- unbuilt: skipped, its code is not in plugins.lock; to run it all the same: tickbook plugin test unbuilt"
        #expect(tested.lines.contains(skipped))
    }

    @Test func aFunctionIsDescribedWithItsCallAndSource() throws {
        #expect(
            try done("plugin", "info", "bbands").output.hasPrefix(
                "bbands(x, n = 20, k = 2.0)\nResults: bbands(…).upper, bbands(…).middle, bbands(…).lower\nBollinger's bands"))
        #expect(try line.tickbook("plugin", "info", "bband").errors.contains("did you mean 'bbands'?"))
    }

    /// The parts of the plugin kit that a plugin carries along are those of the templates.
    @Test func theWorkedExampleHasTheTemplatesKit() throws {
        let folders = ["plugins/momentum/Sources/", "Sources/PluginHost/Templates/swift/Sources/"].map {
            "\(repositoryFolder)/\($0)TickbookPlugin/"
        }
        let names = try folders.map { try FileManager.default.contentsOfDirectory(atPath: $0).sorted() }
        #expect(names[0] == names[1] && names[0].count == 5)
        for name in names[0] {
            let texts = try folders.map { try String(contentsOfFile: $0 + name, encoding: .utf8) }
            #expect(texts[0] == texts[1], "\(name)")
        }
    }

    @Test func theWorkedExampleHasTheHeaderOfToday() throws {
        let (example, header) = ("plugins/momentum/Sources/CTickbookPlugin/include/", "Sources/PluginHost/Templates/")
        let texts = try [example, header].map {
            try String(contentsOfFile: "\(repositoryFolder)/\($0)tickbook_plugin.h", encoding: .utf8)
        }
        #expect(texts[0] == texts[1])
    }

    @Test(arguments: ["momentum", "candles"])
    func aShippedPluginKeepsItsRules(_ name: String) throws {
        let folder = repositoryFolder + "/plugins/" + name
        if name == "momentum" { try done("plugin", "build", folder) }
        #expect(try done("plugin", "test", folder).output.contains(name == "momentum" ? "0 broken rules" : "0 mistakes"))
    }

    @Test func aPluginWhoseLibraryIsMissingSaysHowToGetIt() throws {
        let folder = line.path + "/plugins/talib"
        try FileManager.default.createDirectory(atPath: line.path + "/plugins", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: repositoryFolder + "/plugins/talib", toPath: folder)
        try? FileManager.default.removeItem(atPath: folder + "/lib")
        try done("plugin", "build", "talib")
        let added = try line.tickbook("plugin", "add", "talib", environment: ["TICKBOOK_TALIB": "/nowhere/libta-lib.so"])
        #expect(added.code == 1)
        #expect(added.errors.contains("plugin 'talib' declines: TICKBOOK_TALIB names no library that can be loaded: /nowhere/libta-lib.so"))
        #expect(!FileManager.default.fileExists(atPath: line.path + "/plugins.lock"))
    }

    /// The library is that of the wheel ta-lib among the tests' wheels.
    @Test(.enabled(if: talibLibrary != nil))
    func theBridgeToTALibKeepsItsRulesAndComputes() throws {
        let library = try #require(Self.talibLibrary)
        try FileManager.default.createDirectory(atPath: line.path + "/plugins", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: repositoryFolder + "/plugins/talib", toPath: line.path + "/plugins/talib")
        try FileManager.default.createDirectory(atPath: line.path + "/plugins/talib/lib", withIntermediateDirectories: true)
        try? FileManager.default.copyItem(atPath: library, toPath: line.path + "/plugins/talib/lib/libta-lib.so")
        try done("plugin", "build", "talib")
        #expect(try done("plugin", "test", "talib").lines.last == "talib: 201 functions, 0 broken rules")
        try done("plugin", "add", "talib")
        try notebook("use talib\ntable out = raw | derive(mean = ta_sma(close, 2), total = ta_cumsum(close))")
        try done("run", "notebook.md")
        #expect(
            try done("query", "out", "--format", "csv").output
                == "symbol,date,close,mean,total\nA,2020-01-02,100.0,,100.0\nA,2020-01-03,150.0,125.0,250.0\n")
    }

    /// A new C plugin with some code behind its own, built.
    private func makeFresh(with code: String = "", editing edit: (String) -> String = { $0 }) throws {
        try done("plugin", "new", "fresh", "--language", "c")
        let source = "plugins/fresh/Sources/fresh.c"
        let text = try String(contentsOfFile: line.path + "/" + source, encoding: .utf8)
        let edited = edit(text) + "\n#include <stdlib.h>\n" + code + "\n"
        #expect(edited != text + "\n#include <stdlib.h>\n\n", "nothing was edited")
        try line.write(source, edited)
        try done("plugin", "build", "fresh")
    }

    private static let talibLibrary: String? = {
        let folder = repositoryFolder + "/.deps/venv/lib/python3.11/site-packages/ta_lib.libs"
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return entries.first { $0.hasPrefix("libta") }.map { folder + "/" + $0 }
    }()

    @discardableResult
    private func done(_ arguments: String...) throws -> Ended {
        let ended = try CommandLine.run(CommandLine.program, arguments, in: line.path)
        #expect(ended.code == 0, "\(arguments): \(ended.output)\(ended.errors)")
        return ended
    }

    private func notebook(_ code: String) throws {
        try line.write("data/inbox/a.csv", "symbol,date,close\nA,2020-01-02,100.0\nA,2020-01-03,150.0\n")
        try line.notebook("```tick all\ntable raw = csv(\"data/inbox/*.csv\") | key(symbol, date)\n\(code)\n```\n")
    }
}
