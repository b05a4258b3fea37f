import PluginHost
import Testing

/// Whether `plugin test` sees what it says it sees of models.
@Suite struct ModelConformanceTests {
    @Test(
        arguments: [
            ("nearest_mean", []), ("forgetful", [.repeatableFit]), ("moody", [.loading, .rowByRow]), ("crowded", [.rowByRow]),
            ("careless", [.featureCount]), ("deaf", [.reading, .cancellation]),
        ] as [(String, Set<ModelRule>)])
    func aModelThatBreaksARuleIsCaught(_ name: String, _ expected: Set<ModelRule>) throws {
        let plugin = try WrongPlugin()
        defer { plugin.remove() }
        let model = try #require(try plugin.load().models.first { $0.name == name })
        #expect(Set(try ModelConformance(model).violations().map(\.rule)) == expected)
    }

    @Test(arguments: [("certain", "it gives the probability 1.5"), ("unwilling", "these rows don't please me")])
    func aModelThatFailsIsReportedInItsOwnWords(_ name: String, _ reason: String) throws {
        let plugin = try WrongPlugin()
        defer { plugin.remove() }
        let model = try #require(try plugin.load().models.first { $0.name == name })
        let fault = #expect(throws: ModelFault.self) { try ModelConformance(model).violations() }
        #expect(fault?.description == "\(name) of plugin 'wrong': \(reason)")
    }
}
