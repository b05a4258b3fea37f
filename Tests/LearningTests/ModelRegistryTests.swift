import ChildPrograms
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
        // Sealed anew, so that it is read.
        try overwrite("m/v1/model.json", content)
        let sums = try ChildProgram.run("/usr/bin/sha256sum", ["metadata.json", "model.json"], in: root + "/m/v1")
        try overwrite("m/v1/SHA256SUMS", sums.output)
        expectFault("\(root)/m/v1/model.json is damaged") { try self.registry.load("m") }
        #expect(try registry.latestMetadata("m")?.version == nil)
    }

    @Test func aDamagedVersionHidesNoSoundOneBelow() throws {
        _ = try registry.save(trained.model, metadata("m"))
        try FileManager.default.createDirectory(atPath: root + "/m/v9", withIntermediateDirectories: false)
        let (found, damages) = try registry.newestSound("m")
        #expect(found?.version == 1 && damages.count == 1 && damages[0].hasPrefix("v9 is damaged: "))
        #expect(registry.problemAtAGlance("m", version: 1) == nil && registry.problemAtAGlance("m", version: 9) != nil)
    }

    @Test func checksumsThatWereTakenAwayAreMissed() throws {
        _ = try registry.save(trained.model, metadata("m"))
        try FileManager.default.removeItem(atPath: root + "/m/v1/SHA256SUMS")
        expectFault("\(root)/m/v1/SHA256SUMS is missing") { try self.registry.load("m") }
        #expect(try registry.verify("m")[0].problems.first?.contains("SHA256SUMS is missing") == true)
        #expect(registry.problemAtAGlance("m", version: 1)?.contains("SHA256SUMS is missing") == true)
    }

    @Test(arguments: ["m:v01", "m:01", "m:+1", "m:v-1", "m:vv1"])
    func versionsHaveOneForm(text: String) { #expect(ModelSelector(parsing: text) == nil) }

    @Test(arguments: ["", "../m", ".hidden", "a/b", "a b"])
    func namesThatAreNoFoldersAreRefused(name: String) {
        expectFault("cannot name a model") { try self.registry.save(self.trained.model, self.metadata(name)) }
    }

    @Test func equalFitsAtTheSameTimeEndAsOneVersion() throws {
        let versions = Mutex<[Int]>([])
        let (registry, model, metadata) = (registry, trained.model, metadata("m"))
        DispatchQueue.concurrentPerform(iterations: 16) { _ in
            let version = try? registry.save(model, metadata, since: 0)
            versions.withLock { $0.append(version ?? 0) }
        }
        #expect(versions.withLock { $0 } == Array(repeating: 1, count: 16))
        #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/m") == ["v1"])
    }

    @Test func aFitThatSawTheLatestVersionMakesAnother() throws {
        _ = try registry.save(trained.model, metadata("m"), since: 0)
        #expect(try registry.save(trained.model, metadata("m"), since: 1) == 2)
    }

    @Test func fitsToOtherRowsAtTheSameTimeEachGetTheirOwnVersion() throws {
        let other = try SampleTable.random(entities: 2, days: 100, seed: 2).fit()
        _ = try registry.save(trained.model, metadata("m"), since: 0)
        #expect(try registry.save(other.model, metadata("m"), since: 0) == 2)
        #expect(try registry.save(trained.model, metadata("m", inputs: ["curated.prices": 4]), since: 0) == 3)
    }

    @Test func theToolOfTheSystemAgreesWithTheChecksums() throws {
        _ = try registry.save(trained.model, metadata("m"))
        let ended = try ChildProgram.run("/usr/bin/sha256sum", ["--check", "--strict", "SHA256SUMS"], in: root + "/m/v1")
        #expect(ended.output == "metadata.json: OK\nmodel.json: OK\n")
    }

    @Test(arguments: ["model.json", "metadata.json", "SHA256SUMS"])
    func aFlippedByteIsFoundWhereverItIs(file: String) throws {
        _ = try registry.save(trained.model, metadata("m"))
        #expect(try registry.verify("m").flatMap(\.problems) == [])
        var content = try Data(contentsOf: URL(fileURLWithPath: root + "/m/v1/\(file)"))
        content[3] ^= 1
        try overwrite("m/v1/\(file)", String(decoding: content, as: UTF8.self))
        #expect(try registry.verify("m")[0].problems.first?.contains("is damaged") == true)
        expectFault("is damaged") { try self.registry.load("m") }
        expectFault("is damaged") { try self.registry.promote("m", version: 1, as: "champion") }
    }

    @Test func aFileThatIsNoPartOfTheFitIsFound() throws {
        _ = try registry.save(trained.model, metadata("m"))
        try "".write(toFile: root + "/m/v1/notes.txt", atomically: false, encoding: .utf8)
        #expect(try registry.verify("m")[0].problems == ["\(root)/m/v1/notes.txt is not in SHA256SUMS; take it away"])
    }

    @Test func aDamagedModelHidesNoOther() throws {
        for name in ["a", "b"] { _ = try registry.save(trained.model, metadata(name)) }
        try overwrite("a/v1/metadata.json", "{")
        #expect(try registry.list().map(\.name) == ["a", "b"])
        #expect(try registry.verify("b")[0].problems.isEmpty)
    }

    /// What the first release wrote.
    @Test func metadataOfEarlierReleasesIsRead() throws {
        _ = try registry.save(trained.model, metadata("m"))
        try FileManager.default.removeItem(atPath: root + "/m/v1/SHA256SUMS")
        let figures = #"{"accuracy":0.5,"baseRate":0.5,"brierScore":0.25,"logLoss":0.69,"majorityAccuracy":0.5,"rows":10}"#
        let features = trained.model.features.map { #"{"name":"\#($0)","type":"double"}"# }.joined(separator: ",")
        try overwrite(
            "m/v1/metadata.json",
            #"{"created":"2026-01-01T00:00:00Z","definitionHash":"abc","engine":"DuckDB 2.0.0","features":[\#(features)],"#
                + #""inputVersions":{"t":0},"libraryVersion":"0.1.0","logistic":{"inverseRegularization":1,"maximumIterations":100,"#
                + #""penalty":"l2","threshold":0.5,"tolerance":1e-8},"name":"m","report":{"rows":{"purged":0,"test":0,"testPositives":0,"#
                + #""train":10,"trainPositives":5,"unusable":{"byColumn":{},"total":0}},"trainMetrics":\#(figures),"warnings":[]},"#
                + #""target":"up = next(close, 1) > close","trainFraction":0.8}"#)
        let loaded = try registry.load("m")
        #expect(loaded.metadata.trainFraction == 0.8 && loaded.metadata.definitions == nil && loaded.metadata.plugins == nil)
        #expect(try registry.verify("m").map(\.isSealed) == [false])
        #expect(try registry.verify("m")[0].problems.isEmpty)
    }

    /// Files of a version are read-only.
    private func overwrite(_ file: String, _ content: String) throws {
        try FileManager.default.removeItem(atPath: "\(root)/\(file)")
        try content.write(toFile: "\(root)/\(file)", atomically: false, encoding: .utf8)
    }

    private func metadata(_ name: String, inputs: [String: Int] = ["curated.prices": 3]) -> ModelMetadata {
        ModelMetadata(
            name: name, trained: trained,
            specification: TrainingSpecification(features: trained.model.features, target: "up", time: "date"),
            target: "next(close, 1) > close", inputVersions: inputs, definitionHash: "abc", engine: "duckdb 2.0.0",
            libraryVersion: "1.0.0", created: "2013-03-01T00:00:00Z")
    }

    private func expectFault(_ text: String, _ body: () throws -> some Any) {
        let fault = #expect(throws: LearningFault.self) { _ = try body() }
        #expect(fault?.description.contains(text) == true, "\(fault?.description ?? "")")
    }
}
