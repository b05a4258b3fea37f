import Indicators
import Language
import PluginHost
import Testing

/// Whether `plugin test` sees what it says it sees.
@Suite struct ConformanceTests {
    /// Memory is looked at where a process does nothing else, in `PluginCommandTests`.
    private static let rules = Set(ConformanceRule.allCases).subtracting([.memory])

    @Test(
        arguments: [
            ("sound", []), ("chunks", [.chunks, .state]), ("state", [.state]), ("narrow", [.windowHolds]), ("wide", [.windowIsTight]),
            ("ahead", [.chunks, .state, .windowHolds]), ("nulls", [.nulls]), ("random", [.determinism, .chunks]),
            ("negative", [.parameters]), ("unwindowed", [.parameters]), ("beyond", [.bounds]), ("late", [.chunks]),
        ] as [(String, Set<ConformanceRule>)])
    func aPluginThatBreaksARuleIsCaught(_ name: String, _ expected: Set<ConformanceRule>) throws {
        let plugin = try WrongPlugin()
        defer { plugin.remove() }
        let definition = try #require(try plugin.load().definitions.first { $0.function.name == name })
        let found = Set(try Conformance.cases(of: definition).flatMap { try $0.violations(of: Self.rules) }.map(\.rule))
        #expect(expected.isEmpty ? found.isEmpty : expected.isSubset(of: found), "\(found)")
    }

    @Test func aFunctionThatFailsIsReportedInItsOwnWords() throws {
        let plugin = try WrongPlugin()
        defer { plugin.remove() }
        let definition = try #require(try plugin.load().definitions.first { $0.function.name == "failing" })
        #expect(throws: SeriesFault.failed(function: "failing", plugin: "wrong", reason: "row 101 is one too many")) {
            try Conformance.cases(of: definition)[0].violations(of: Self.rules)
        }
    }

    @Test(arguments: BuiltinIndicators.all.map(\.function.name))
    func builtInFunctionsKeepTheRules(_ name: String) throws {
        let definition = try #require(BuiltinIndicators.byName[name])
        let found = try Conformance.cases(of: definition).flatMap { try $0.violations(of: Self.rules) }
        #expect(found == [])
    }
}
