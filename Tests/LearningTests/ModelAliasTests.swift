import Columnar
import Dispatch
import Foundation
import Learning
import Testing

/// Aliases of a model with the versions 1, 2 and 3.
@Suite final class ModelAliasTests {
    private let root = NSTemporaryDirectory() + "/models-\(UUID().uuidString)"
    private let registry: ModelRegistry

    init() throws {
        registry = ModelRegistry(root: root)
        let trained = try SampleTable.random(entities: 1, days: 60, featureCount: 1, seed: 1).fit()
        let metadata = ModelMetadata(
            name: "m", trained: trained, specification: TrainingSpecification(features: ["f0"], target: "up", time: "date"), target: "up",
            inputVersions: [:], definitionHash: "abc", engine: "", libraryVersion: "", created: "")
        for _ in 1...3 { _ = try registry.save(trained.classifier, metadata) }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    @Test func anAliasStandsForTheVersionItWasPointedAt() throws {
        #expect(try registry.promote("m", version: 2, as: "champion"))
        #expect(try registry.version(of: ModelSelector("m", .alias("champion"))) == 2)
        #expect(try registry.load(ModelSelector("m", .alias("champion"))).version == 2)
        #expect(try registry.aliases(of: "m").names(of: 2) == ["champion"])
    }

    @Test func pointingItWhereItPointsChangesNothing() throws {
        try registry.promote("m", version: 2, as: "champion")
        #expect(try !registry.promote("m", version: 2, as: "champion"))
        #expect(try registry.aliases(of: "m").history.count == 1)
    }

    @Test func rollingBackGoesThroughAllThatItStoodFor() throws {
        for version in [1, 3, 2] { try registry.promote("m", version: version, as: "champion") }
        #expect(try registry.rollBack("m", "champion") == (2, 3))
        #expect(try registry.rollBack("m", "champion") == (3, 1))
        expectFault("m@champion has stood for no version before v1") { try self.registry.rollBack("m", "champion") }
        #expect(try registry.aliases(of: "m").history.map(\.to) == [1, 3, 2, 3, 1])
    }

    @Test func aPromotionAfterARollbackIsTakenBackAlone() throws {
        for version in [1, 3] { try registry.promote("m", version: version, as: "champion") }
        try registry.rollBack("m", "champion")
        try registry.promote("m", version: 2, as: "champion")
        #expect(try registry.rollBack("m", "champion") == (2, 1))
    }

    @Test func aRemovalIsTakenBackToo() throws {
        try registry.promote("m", version: 3, as: "champion")
        #expect(try registry.removeAlias("m", "champion") == 3)
        expectFault("model m has no alias champion; it has none") { try self.registry.load(ModelSelector("m", .alias("champion"))) }
        #expect(try registry.rollBack("m", "champion") == (nil, 3))
    }

    @Test func aliasesDoNotTouchEachOther() throws {
        try registry.promote("m", version: 1, as: "champion")
        try registry.promote("m", version: 2, as: "challenger")
        try registry.promote("m", version: 3, as: "champion")
        try registry.rollBack("m", "champion")
        #expect(try registry.aliases(of: "m").aliases == ["champion": 1, "challenger": 2])
    }

    @Test(arguments: ["v2", "V2", "2", "", "latest", "-x", "a b", "a/b", "../m", String(repeating: "a", count: 65)])
    func namesThatMislead(alias: String) {
        expectFault("cannot be an alias") { try self.registry.promote("m", version: 1, as: alias) }
        #expect(ModelSelector(parsing: "m@\(alias)") == nil)
    }

    @Test func aVersionThatIsNotThereIsRefused() {
        expectFault("model m has no version v9; it has v1, v2, v3") { try self.registry.promote("m", version: 9, as: "champion") }
        expectFault("there is no model n") { try self.registry.promote("n", version: 1, as: "champion") }
    }

    @Test func noMoveIsLostWhenSeveralAreMadeAtOnce() throws {
        let registry = registry
        DispatchQueue.concurrentPerform(iterations: 24) { index in
            _ = try? registry.promote("m", version: index % 3 + 1, as: "alias\(index)")
        }
        let aliases = try registry.aliases(of: "m")
        #expect(aliases.aliases.count == 24 && aliases.history.count == 24)
        #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/m").sorted() == ["aliases.json", "v1", "v2", "v3"])
    }

    @Test func aFileWithoutHistoryIsRead() throws {
        try #"{"aliases":{"champion":3}}"#.write(toFile: root + "/m/aliases.json", atomically: false, encoding: .utf8)
        try registry.promote("m", version: 1, as: "champion")
        #expect(try registry.rollBack("m", "champion") == (1, 3))
    }

    @Test func aDamagedFileHidesNoVersion() throws {
        try "{".write(toFile: root + "/m/aliases.json", atomically: false, encoding: .utf8)
        expectFault("aliases.json is damaged") { try self.registry.load(ModelSelector("m", .alias("champion"))) }
        expectFault("aliases.json is damaged") { try self.registry.promote("m", version: 1, as: "champion") }
        #expect(try registry.load("m").version == 3)
        #expect(try registry.verify("m").last?.problems.first?.contains("aliases.json is damaged") == true)
    }

    @Test func anAliasOfALostVersionIsFound() throws {
        try registry.promote("m", version: 1, as: "champion")
        try registry.promote("m", version: 2, as: "champion")
        try FileManager.default.removeItem(atPath: root + "/m/v1")
        expectFault("model m has no version v1; it has v2, v3") { try self.registry.rollBack("m", "champion") }
        #expect(try registry.aliases(of: "m")["champion"] == 2)
        try FileManager.default.removeItem(atPath: root + "/m/v2")
        #expect(
            try registry.verify("m").last?.problems == [
                "m@champion points at v2, which is not there; promote another version or roll it back"
            ])
    }

    private func expectFault(_ text: String, _ body: () throws -> some Any) {
        let fault = #expect(throws: LearningFault.self) { _ = try body() }
        #expect(fault?.description.contains(text) == true, "\(fault?.description ?? "")")
    }
}
