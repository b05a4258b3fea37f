import ChildPrograms
import Columnar
import Foundation
import Language
import Learning
import PluginHost
import Testing

/// Models written as ONNX give onnxruntime the probabilities that they give here, on 10,000 rows.
@Suite struct ONNXTests {
    private struct Answer: Decodable {
        let rows: Int
        let distance, complement, spread: Double
        let wrongLabels: Int
    }

    private static let rowCount = 10_000
    private static let names = ["logistic", "isotonic", "trees", "trees-sigmoid", "trees-isotonic"]

    /// One Python for all models.
    private static let answers = Result { () throws -> [String: Answer] in
        let folder = NSTemporaryDirectory() + "/onnx-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let rows = randomRows(width: 3)
        try write(rows, to: folder + "/rows")
        for (name, trained) in try models() { try write(name, trained, rows, to: folder) }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Python/onnx_probabilities.py").path
        let ended = try ChildProgram.run(python, [script, folder], environment: ["OMP_NUM_THREADS": "1"])
        guard ended.code == 0 else { throw LearningFault("onnxruntime says: \(ended.errors)") }
        return try JSONDecoder().decode([String: Answer].self, from: Data(ended.output.utf8))
    }

    @Test(arguments: names)
    func probabilitiesAreThoseOfTheModelItself(_ name: String) throws {
        guard LightGBMLibrary.isHere || !name.hasPrefix("trees") else { return }
        let answer = try #require(try Self.answers.get()[name])
        #expect(answer.rows == Self.rowCount)
        #expect(answer.distance <= 1e-6, "\(answer)")
        #expect(answer.complement <= 1e-15 && answer.wrongLabels == 0, "\(answer)")
        #expect(answer.spread > 0.2, "\(answer)")
    }

    private static func models() throws -> [(String, TrainedModel)] {
        let table = SampleTable.random(entities: 3, days: 1_000, seed: 5)
        var logistic = LogisticParameters()
        logistic.threshold = 0.6
        let isotonic = CalibrationParameters(method: .isotonic)
        let models = [
            ("logistic", try table.fit(logistic: logistic)), ("isotonic", try table.fit(calibration: isotonic, logistic: logistic)),
        ]
        guard let trees = try LightGBMLibrary.model() else { return models }
        return models + [
            ("trees", try table.fit(trees)), ("trees-sigmoid", try table.fit(trees, CalibrationParameters(method: .sigmoid))),
            ("trees-isotonic", try table.fit(trees, isotonic)),
        ]
    }

    private static func write(_ name: String, _ trained: TrainedModel, _ rows: [Double], to folder: String) throws {
        let metadata = ModelMetadata(
            name: name, trained: trained,
            specification: TrainingSpecification(features: trained.classifier.features, target: "up", time: "date"),
            target: "up = next(close, 1) > close", inputVersions: [:], definitionHash: "abc", engine: "", libraryVersion: "1.0", created: ""
        )
        let model = LoadedModel(name: name, version: 1, classifier: trained.classifier, metadata: metadata)
        try ONNXExport.file(model).write(to: URL(fileURLWithPath: "\(folder)/\(name).onnx"))
        var probabilities = [Double](repeating: .nan, count: rowCount)
        try rows.withUnsafeBufferPointer { rows in
            try probabilities.withUnsafeMutableBufferPointer { try trained.classifier.probabilities(ofRows: rows, into: $0) }
        }
        try write(probabilities, to: "\(folder)/\(name).expected")
    }

    private static func write(_ numbers: [Double], to path: String) throws {
        try numbers.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: path))
    }

    /// Beyond where the models were fitted, too.
    private static func randomRows(width: Int) -> [Double] {
        var numbers = SeededNumbers(seed: 9)
        return (0..<rowCount * width).map { _ in Double.random(in: -4...4, using: &numbers) }
    }

    private static var python: String {
        let fallback = URL(filePath: #filePath).pathComponents.dropLast(3).joined(separator: "/") + "/.deps/venv/bin/python"
        return ProcessInfo.processInfo.environment["TICKBOOK_PYTHON"] ?? fallback
    }
}

extension SampleTable {
    fileprivate func fit(_ model: NativeModel, _ calibration: CalibrationParameters? = nil) throws -> TrainedModel {
        let values = model.function.parameters.map(\.defaultValue!)
        return try Trainer(spoolFolder: NSTemporaryDirectory()).fit(
            samples: stream(),
            specification: TrainingSpecification(
                features: names, target: "up", time: "date", calibration: calibration, method: .plugin(model, values)))
    }
}

/// The plugin in `plugins/lightgbm`, in a folder of its own, over the library of the wheel lightgbm.
private enum LightGBMLibrary {
    static var isHere: Bool { library != nil }

    static func model() throws -> NativeModel? {
        guard let library else { return nil }
        setenv("TICKBOOK_LIGHTGBM", library, 1)
        let path = NSTemporaryDirectory() + "/lightgbm-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for entry in ["plugin.toml", "Sources"] {
            try FileManager.default.copyItem(atPath: "\(root)/plugins/lightgbm/\(entry)", toPath: "\(path)/\(entry)")
        }
        // The library stays in use until the process ends.
        let folder = try PluginFolder(path: path)
        try PluginBuild(folder).run { Issue.record("the compiler says: \($0)") }
        return try LoadedPlugin(native: folder, hash: folder.contentHash()).models.first
    }

    private static let root = URL(fileURLWithPath: #filePath).pathComponents.dropLast(3).joined(separator: "/")

    private static let library: String? = {
        if let chosen = ProcessInfo.processInfo.environment["TICKBOOK_LIGHTGBM"] { return chosen }
        let path = root + "/.deps/venv/lib/python3.11/site-packages/lightgbm/lib/lib_lightgbm.so"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()
}
