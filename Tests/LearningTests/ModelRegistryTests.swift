import Columnar
import Dispatch
import Foundation
import Learning
import Synchronization
import Testing

@Suite final class ModelRegistryTests {
    private let root = NSTemporaryDirectory() + "/models-\(UUID().uuidString)"
    private let registry: ModelRegistry
    private let trained: TrainedModel

    init() throws {
        registry = ModelRegistry(root: root)
        trained = try SampleTable.random(entities: 2, days: 100, seed: 1).fit()
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    @Test func whatIsSavedIsLoaded() throws {
        let version = try registry.save(trained.model, metadata("up_or_down"))
        let loaded = try registry.load("up_or_down")
        #expect(version == 1 && loaded.versionName == "v1")
        #expect(loaded.model == trained.model)
        #expect(loaded.metadata == metadata("up_or_down"))
    }

    @Test func versionsCountUpAndStayAvailable() throws {
        for expected in 1...11 { #expect(try registry.save(trained.model, metadata("m")) == expected) }
        #expect(try registry.latest("m") == 11)
        #expect(try registry.load("m", version: 2).version == 2)
        #expect(try registry.list().map(\.name) == ["m"])
        #expect(try registry.list().map(\.versions) == [Array(1...11)])
    }

    @Test func fitsAtTheSameTimeEachGetTheirOwnVersion() throws {
        let versions = Mutex<[Int]>([])
        let (registry, model, metadata) = (registry, trained.model, metadata("m"))
        DispatchQueue.concurrentPerform(iterations: 16) { _ in
            let version = try? registry.save(model, metadata)
            versions.withLock { $0.append(version ?? 0) }
        }
        #expect(versions.withLock { $0.sorted() } == Array(1...16))
        #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/m").count == 16)
    }

    @Test func latestMetadataTellsWhatAModelWasMadeOf() throws {
        #expect(try registry.latestMetadata("m")?.version == nil)
        _ = try registry.save(trained.model, metadata("m"))
        #expect(try registry.latestMetadata("m")?.metadata.inputVersions == ["curated.prices": 3])
    }

    @Test func missingModelListsWhatThereIs() throws {
        _ = try registry.save(trained.model, metadata("m"))
        expectFault("there is no model n in \(root); there are m; fit again") { try self.registry.load("n") }
    }

    @Test func missingVersionListsWhatThereIs() throws {
        _ = try registry.save(trained.model, metadata("m"))
        expectFault("model m has no version v3; it has v1") { try self.registry.load("m", version: 3) }
    }

    @Test func missingFileSaysWhatToDo() throws {
        _ = try registry.save(trained.model, metadata("m"))
        try FileManager.default.removeItem(atPath: root + "/m/v1/model.json")
        expectFault("\(root)/m/v1/model.json is missing or cannot be read; remove m/v1 and fit again with tickbook run") {
            try self.registry.load("m")
        }
    }

    @Test(arguments: [
        "", "{", "[]", #"{"features":["a"]}"#,
        #"{"features":[],"means":[],"scales":[],"coefficients":[],"intercept":0,"threshold":0}"#,
    ])
    func damagedFileIsNamed(content: String) throws {
        _ = try registry.save(trained.model, metadata("m"))
        try content.write(toFile: root + "/m/v1/model.json", atomically: false, encoding: .utf8)
        expectFault("\(root)/m/v1/model.json is damaged") { try self.registry.load("m") }
        #expect(try registry.latestMetadata("m")?.version == nil)
    }

    @Test(arguments: ["", "../m", ".hidden", "a/b", "a b"])
    func namesThatAreNoFoldersAreRefused(name: String) {
        expectFault("cannot name a model") { try self.registry.save(self.trained.model, self.metadata(name)) }
    }

    private func metadata(_ name: String) -> ModelMetadata {
        ModelMetadata(
            name: name, trained: trained,
            specification: TrainingSpecification(features: trained.model.features, target: "up", time: "date"),
            target: "next(close, 1) > close", inputVersions: ["curated.prices": 3], definitionHash: "abc", engine: "duckdb 2.0.0",
            libraryVersion: "1.0.0", created: "2013-03-01T00:00:00Z")
    }

    private func expectFault(_ text: String, _ body: () throws -> some Any) {
        let fault = #expect(throws: LearningFault.self) { _ = try body() }
        #expect(fault?.description.contains(text) == true, "\(fault?.description ?? "")")
    }
}
