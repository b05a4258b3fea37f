import Columnar
import Foundation
import Language
import PluginHost
import Testing

/// What the Python package fits on real daily prices, made by `Python/record_lightgbm.py`.
private struct RecordedFits: Decodable {
    struct Answer: Decodable {
        let parameters: [String: Setting]
        let probabilities: [Double]
    }

    enum Setting: Decodable {
        case flag(Bool)
        case number(Double)

        init(from decoder: any Decoder) throws {
            let content = try decoder.singleValueContainer()
            if let flag = try? content.decode(Bool.self) { self = .flag(flag) } else { self = .number(try content.decode(Double.self)) }
        }

        func value(_ type: DataType) -> Value {
            switch self {
            case .flag(let flag): .bool(flag)
            case .number(let number): type == .int ? .int(Int64(number)) : .double(number)
            }
        }
    }

    let features: [[Double]]
    let labels: [Double]
    let answers: [Answer]

    static let all: RecordedFits = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Recorded/lightgbm.json")
        return try! JSONDecoder().decode(RecordedFits.self, from: Data(contentsOf: file))
    }()
}

/// The plugin that brings LightGBM, where that library is.
@Suite(.enabled(if: LightGBM.isHere)) struct LightGBMTests {
    @Test(arguments: RecordedFits.all.answers.indices)
    func treesAgreeWithThoseOfThePythonPackage(_ number: Int) throws {
        let answer = RecordedFits.all.answers[number]
        let model = try #require(LightGBM.plugin.models.first)
        let parameters = model.function.parameters.map { answer.parameters[$0.name]?.value($0.type) ?? $0.defaultValue! }
        let bytes = try model.fit(RecordedSamples(), parameters: parameters)
        let found = try RecordedSamples().probabilities(of: model.load(bytes, featureCount: 3))
        for (row, expected) in answer.probabilities.enumerated() { #expect(abs(found[row] - expected) <= 1e-12, "row \(row)") }
    }

    @Test func itKeepsTheRulesOfModels() throws {
        let model = try #require(LightGBM.plugin.models.first)
        #expect(try ModelConformance(model).violations() == [])
    }

    @Test func damagedTreesAreDeclined() throws {
        let model = try #require(LightGBM.plugin.models.first)
        #expect(throws: ModelFault.self) { try model.load(Array("no trees".utf8), featureCount: 3) }
    }
}

@Suite struct LightGBMLibraryTests {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["CI"] != nil))
    func buildServersHaveTheLibrary() { #expect(LightGBM.isHere) }
}

private final class RecordedSamples: ModelSamples {
    let featureNames = ["change", "sign", "range"]
    var rowCount: Int { RecordedFits.all.labels.count }

    func read(_ rows: Range<Int>, features: [UnsafeMutablePointer<Double>], labels: UnsafeMutablePointer<Double>) {
        for (place, row) in rows.enumerated() {
            for feature in features.indices { features[feature][place] = RecordedFits.all.features[feature][row] }
            labels[place] = RecordedFits.all.labels[row]
        }
    }

    func checkCancellation() {}

    func probabilities(of fitted: FittedNativeModel) throws -> [Double] {
        var results = [Double](repeating: .nan, count: rowCount)
        let columns = RecordedFits.all.features.map { column in
            let copy = UnsafeMutablePointer<Double>.allocate(capacity: column.count)
            copy.initialize(from: column, count: column.count)
            return UnsafePointer(copy)
        }
        defer { columns.forEach { $0.deallocate() } }
        try fitted.predict(columns, count: rowCount, into: &results)
        return results
    }
}

/// The plugin in `plugins/lightgbm`, built, over the library of the wheel lightgbm.
private enum LightGBM {
    static let isHere = library != nil

    static let plugin: LoadedPlugin = {
        setenv("TICKBOOK_LIGHTGBM", library!, 1)
        let folder = try! PluginFolder(path: root + "/plugins/lightgbm")
        try! PluginBuild(folder).run { Issue.record("the compiler says: \($0)") }
        return try! LoadedPlugin(native: folder, hash: folder.contentHash())
    }()

    private static let root = URL(fileURLWithPath: #filePath).pathComponents.dropLast(3).joined(separator: "/")

    /// `TICKBOOK_LIGHTGBM`, or the wheel's in `.deps/venv`.
    private static let library: String? = {
        if let chosen = ProcessInfo.processInfo.environment["TICKBOOK_LIGHTGBM"] { return chosen }
        let path = root + "/.deps/venv/lib/python3.11/site-packages/lightgbm/lib/lib_lightgbm.so"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()
}
