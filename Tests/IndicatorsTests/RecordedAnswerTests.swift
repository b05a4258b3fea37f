import Columnar
import Foundation
import Indicators
import Language
import Testing

/// Answers on real daily prices and on a market that stands still: TA-Lib's, made by `Python/record_talib.py`, and those of talipp and of
/// formulas written out in Python, made by `Python/record_references.py`.
private struct RecordedAnswers: Decodable {
    struct Market: Decodable {
        let name: String
        let series: [String: [Double]]
        let answers: [Answer]
    }

    struct Answer: Decodable {
        let function: String
        let inputs: [String]
        let parameters: [Parameter]
        let outputs: [String: [Double?]]
    }

    enum Parameter: Decodable {
        case flag(Bool)
        case number(Double)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else {
                self = .number(try container.decode(Double.self))
            }
        }
    }

    let markets: [Market]

    static let all: [String: RecordedAnswers] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Recorded")
        let files = ["talib", "references"].map { name in
            (name, try! JSONDecoder().decode(RecordedAnswers.self, from: Data(contentsOf: folder.appending(path: name + ".json"))))
        }
        return Dictionary(uniqueKeysWithValues: files)
    }()
}

struct RecordedAnswerTests {
    struct Output: Sendable, CustomStringConvertible {
        let file: String
        let market: String
        let answer: Int
        let output: String
        let description: String
    }

    static let outputs: [Output] = RecordedAnswers.all.keys.sorted().flatMap { file in
        RecordedAnswers.all[file]!.markets.flatMap { market in
            market.answers.enumerated().flatMap { index, answer in
                answer.outputs.keys.sorted().map { name in
                    let words = "\(answer.function) \(name) of \(market.name)"
                    return Output(file: file, market: market.name, answer: index, output: name, description: words)
                }
            }
        }
    }

    /// To 1e-9 of the value, or to 1e-12 of the largest one: TA-Lib's running sums leave a residue where the value is about 0.
    @Test(arguments: outputs)
    func resultsAgreeWithThoseRecorded(_ output: Output) throws {
        let (expected, found) = try expectedAndFound(output)
        let scale = expected.compactMap { $0.map(abs) }.max() ?? 0
        #expect(expected.count == found.count)
        for (row, expected) in expected.enumerated() {
            guard let expected else { continue }
            let difference = found[row].map { abs($0 - expected) } ?? .infinity
            #expect(difference <= max(1e-9 * abs(expected), 1e-12 * max(scale, 1)), "row \(row): \(found[row] as Any), not \(expected)")
        }
    }

    /// Nulls stand where the formula has none too; of TA-Lib's results, but for those that it holds back until another one of the function
    /// is there.
    @Test(
        arguments: outputs.filter {
            $0.market == "IBM" && !["macd macd of IBM", "stoch k of IBM", "stoch_rsi k of IBM"].contains($0.description)
        })
    func resultsBeginWhereThoseRecordedDo(_ output: Output) throws {
        let (expected, found) = try expectedAndFound(output)
        #expect(found.firstIndex { $0 != nil } == expected.firstIndex { $0 != nil })
        if output.file == "references" { #expect(found.map { $0 == nil } == expected.map { $0 == nil }) }
    }

    private func expectedAndFound(_ output: Output) throws -> ([Double?], [Double?]) {
        let market = RecordedAnswers.all[output.file]!.markets.first { $0.name == output.market }!
        let answer = market.answers[output.answer]
        let definition = BuiltinIndicators.byName[answer.function]!.function
        let parameters = zip(definition.parameters, answer.parameters).map { declared, given -> Value in
            switch given {
            case .flag(let flag): .bool(flag)
            case .number(let number): declared.type == .int ? .int(Int64(number)) : .double(number)
            }
        }
        let series = answer.inputs.map { doubles(Self.series($0, market.series)) }
        let rows = try ConformanceCase(name: answer.function, parameters: parameters, type: .double).rows(series)
        let component = definition.outputs.firstIndex(of: output.output) ?? 0
        let found = rows.map { row -> Double? in if case .double(let number) = row[component] { number } else { nil } }
        return (answer.outputs[output.output]!, found)
    }

    private static func series(_ name: String, _ recorded: [String: [Double]]) -> [Double?] {
        let prefix = "change_of_"
        guard name.hasPrefix(prefix) else { return recorded[name]! }
        let values = recorded[String(name.dropFirst(prefix.count))]!
        return [nil] + zip(values.dropFirst(), values).map { $0 / $1 - 1 }
    }
}
