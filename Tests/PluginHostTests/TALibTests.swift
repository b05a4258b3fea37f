import Columnar
import Foundation
import Indicators
import Language
import PluginHost
import Testing

/// TA-Lib's answers on real daily prices, made by `Python/record_talib.py`.
private struct RecordedAnswers: Decodable {
    struct Answer: Decodable {
        let function: String
        let inputs: [String]
        let parameters: [Double]
        /// Every so many rows are recorded.
        let step: Int
        let results: [[Double?]]
    }

    let series: [String: [Double]]
    let answers: [Answer]

    static let all: RecordedAnswers = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Recorded/talib.json")
        return try! JSONDecoder().decode(RecordedAnswers.self, from: Data(contentsOf: file))
    }()
}

/// The plugin that bridges TA-Lib, where that library is.
@Suite(.enabled(if: TALib.isHere)) struct TALibTests {
    @Test(arguments: RecordedAnswers.all.answers.indices)
    func resultsAgreeWithTheLibrary(_ number: Int) throws {
        let answer = RecordedAnswers.all.answers[number]
        let definition = try #require(TALib.definitions[answer.function])
        let found = try results(of: definition, answer)
        for (component, expected) in answer.results.enumerated() {
            let scale = expected.compactMap { $0.map(abs) }.max() ?? 0
            for (index, expected) in expected.enumerated() {
                let row = index * answer.step
                guard case .double(let value) = found[component][row] else {
                    #expect(expected == nil, "\(answer.function) \(answer.parameters) row \(row) is null")
                    continue
                }
                let difference = expected.map { abs($0 - value) } ?? .infinity
                #expect(difference <= 1e-9 * max(1, scale), "\(answer.function) \(answer.parameters) row \(row): \(value)")
            }
        }
    }

    @Test func everyFunctionIsBridged() { #expect(TALib.definitions.count == 201) }

    @Test(arguments: [("ta_sma", false), ("ta_cdldoji", false), ("ta_rsi", true), ("ta_obv", true), ("ta_macd", true)])
    func aWindowIsFiniteUnlessAllRowsBeforeMatter(_ name: String, _ isRecursive: Bool) throws {
        let function = try #require(TALib.definitions[name]).function
        #expect(function.window(function.parameters.map { $0.defaultValue! }).isRecursive == isRecursive)
    }

    @Test func theKindOfAverageDecidesWhetherAllRowsBeforeMatter() throws {
        let average = try #require(TALib.definitions["ta_ma"]).function
        #expect(average.window([.int(20), .int(0)]) == .finite(lookBack: 19, lookAhead: 0))
        #expect(average.window([.int(20), .int(1)]).isRecursive)
    }

    private func results(of definition: SeriesDefinition, _ answer: RecordedAnswers.Answer) throws -> [Column] {
        let function = definition.function
        let parameters = function.parameters.enumerated().map { index, parameter -> Value in
            guard index < answer.parameters.count else { return parameter.defaultValue! }
            return parameter.type == .int ? .int(Int64(answer.parameters[index])) : .double(answer.parameters[index])
        }
        let columns = answer.inputs.map { name in
            let values = RecordedAnswers.all.series[name]!
            var builder = ColumnBuilder(type: .double, capacity: values.count)
            for value in values { builder.append(.double(value)) }
            return builder.finish()
        }
        let kernel = try definition.makeKernel(columns.map { _ in .double }, parameters)
        let outputs = (0..<max(1, function.outputs.count)).map { _ in SeriesOutput(type: .double, capacity: columns[0].count) }
        try kernel.update(columns, 0..<columns[0].count, into: outputs)
        return outputs.map { $0.finish() }
    }
}

@Suite struct TALibLibraryTests {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["CI"] != nil))
    func buildServersHaveTheLibrary() { #expect(TALib.isHere) }
}

extension Window {
    fileprivate var isRecursive: Bool { if case .recursive = self { true } else { false } }
}

/// The plugin in `plugins/talib`, built, over the library of the wheel ta-lib.
private enum TALib {
    static let isHere = library != nil

    static let definitions: [String: SeriesDefinition] = {
        setenv("TICKBOOK_TALIB", library!, 1)
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = try! PluginFolder(path: root.path + "/plugins/talib")
        try! PluginBuild(folder).run { Issue.record("the compiler says: \($0)") }
        let plugin = try! LoadedPlugin(native: folder, hash: folder.contentHash())
        return Dictionary(uniqueKeysWithValues: plugin.definitions.map { ($0.function.name, $0) })
    }()

    /// `TICKBOOK_TALIB`, or the wheel's in `.deps/venv`.
    private static let library: String? = {
        if let chosen = ProcessInfo.processInfo.environment["TICKBOOK_TALIB"] { return chosen }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.path + "/.deps/venv/lib/python3.11/site-packages/ta_lib.libs"
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return entries.first { $0.hasPrefix("libta") }.map { folder + "/" + $0 }
    }()
}
