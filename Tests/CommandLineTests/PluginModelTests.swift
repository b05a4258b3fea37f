import ChildPrograms
import Foundation
import Testing

/// A model that a plugin fits, from the notebook to the server.
@Suite struct PluginModelTests {
    private let line: CommandLine

    /// The plugin of the conformance tests, whose `nearest_mean` keeps every rule.
    init() throws {
        line = try CommandLine.sample()
        let folder = line.path + "/plugins/wrong"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: repositoryFolder + "/Tests/PluginHostTests/Wrong", toPath: folder + "/Sources")
        // Some of the wrong indicators are refused when the plugin is added.
        let code = try String(contentsOfFile: folder + "/Sources/wrong.c", encoding: .utf8)
        try Data(("#define WITHOUT_INDICATORS\n" + code).utf8).write(to: URL(fileURLWithPath: folder + "/Sources/wrong.c"))
        try line.write(
            "plugins/wrong/plugin.toml",
            "name = \"wrong\"\nversion = \"0.1.0\"\ndescription = \"Models.\"\nlanguage = \"c\"\nlibraries = [\"m\"]\n")
        for command in ["build", "add"] { try done("plugin", command, "wrong") }
        try fitting("nearest_mean(steepness = 2.5)")
    }

    @Test func itIsFittedOnceAndAgainWhenItsDefinitionChanges() throws {
        #expect(try done("run", "notebook.md", "--no-serve").lines.contains { $0.hasPrefix("train") && $0.contains(" v1 ") })
        #expect(try done("run", "notebook.md", "--no-serve").lines.last?.hasPrefix("Nothing to do") == true)
        try fitting("nearest_mean(steepness = 3)")
        let again = try done("run", "notebook.md", "--no-serve")
        #expect(again.lines.contains { $0.hasPrefix("train") && $0.contains(" v2 ") && $0.contains("definition changed") })
    }

    @Test func aFullRefreshGivesTheSameBytes() throws {
        try done("run", "notebook.md", "--no-serve")
        try done("run", "notebook.md", "--no-serve", "--full-refresh")
        let fitted = try (1...2).map { try Data(contentsOf: URL(fileURLWithPath: line.path + "/models/stock_direction/v\($0)/fitted.bin")) }
        #expect(fitted[0] == fitted[1] && !fitted[0].isEmpty)
    }

    @Test func itsPluginAndParametersStandInItsMetadata() throws {
        try done("run", "notebook.md", "--no-serve")
        let shown = try done("model", "show", "stock_direction", "--json").output
        for text in ["\"plugin\" : \"wrong\"", "\"model\" : \"nearest_mean\"", "\"steepness\" : \"2.5\""] { #expect(shown.contains(text)) }
    }

    @Test func otherCodeThanThatWhichFittedItDoesNotPredict() throws {
        try done("run", "notebook.md", "--no-serve")
        let source = line.path + "/plugins/wrong/Sources/wrong_models.c"
        let code = try String(contentsOfFile: source, encoding: .utf8)
        try line.write("plugins/wrong/Sources/wrong_models.c", code.replacingOccurrences(of: "exp(-score)", with: "exp(-2 * score)"))
        for command in ["build", "add"] { try done("plugin", command, "wrong") }
        let served = try line.tickbook("serve", "stock_direction", "--port", "0")
        #expect(served.code == 1)
        #expect(
            served.errors.contains(
                "model stock_direction v1 was fitted by plugin 'wrong' 0.1.0, whose library has changed since; put that library back, or"
                    + " fit again with tickbook run NOTEBOOK"), "\(served.errors)")
        #expect(try done("run", "notebook.md", "--no-serve").output.contains("definition changed"))
    }

    @Test func aFitThatFailsMakesNoVersion() throws {
        try fitting("unwilling()")
        let failed = try line.tickbook("run", "notebook.md", "--no-serve")
        #expect(failed.code == 1)
        #expect(failed.errors.contains("unwilling of plugin 'wrong': these rows don't please me"))
        #expect(!FileManager.default.fileExists(atPath: line.path + "/models/stock_direction/v1"))
    }

    @Test(
        arguments: [
            ("nearest_mean(stepness = 2)", "unknown argument 'stepness'", "steepness"),
            ("nearest_mean(steepness = -1)", "steepness", "0.0 or more"),
            ("nearest_means()", "unknown function 'nearest_means'", "nearest_mean"),
        ])
    func aWrongCallSaysWhatWasExpected(_ call: String, _ message: String, _ help: String) throws {
        try fitting(call)
        let checked = try line.tickbook("check", "notebook.md")
        #expect(checked.code == 2)
        #expect(checked.errors.contains(message) && checked.errors.contains(help), "\(checked.errors)\(checked.output)")
    }

    @Test func aPluginOfThatNameThatIsNotUsedIsSaid() throws {
        try fitting("wrong()", using: nil)
        let checked = try line.tickbook("check", "notebook.md")
        let said = checked.errors + checked.output
        #expect(said.contains("'wrong' is a plugin that this notebook doesn't use") && said.contains("write above: use wrong"), "\(said)")
    }

    private func fitting(_ call: String, using plugin: String? = "wrong") throws {
        var text = try String(contentsOfFile: repositoryFolder + "/notebooks/stock_direction.md", encoding: .utf8)
        text = text.replacingOccurrences(of: "fit(logistic(C = 1.0))", with: "fit(\(call))")
        if let plugin { text = text.replacingOccurrences(of: "```tick params\n", with: "```tick params\nuse \(plugin)\n") }
        try line.write("notebook.md", text)
    }

    @discardableResult
    private func done(_ arguments: String...) throws -> Ended {
        let ended = try CommandLine.run(CommandLine.program, arguments, in: line.path)
        #expect(ended.code == 0, "\(arguments): \(ended.errors)")
        return ended
    }
}
