import Columnar
import Indicators
import Language
import Planner

/// A generator of the same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A function with parameters and the type of its series, as the conformance tests run it.
struct ConformanceCase: Sendable, CustomStringConvertible {
    let name: String
    let parameters: [Value]
    let type: DataType

    var definition: SeriesDefinition { BuiltinIndicators.byName[name]! }
    var window: Window { definition.function.window(parameters) }
    /// Of a recursive function, more rows than any test has.
    var lookBack: Int { if case .finite(let lookBack, _) = window { lookBack } else { 1_000_000 } }
    var isRecursive: Bool { if case .recursive = window { true } else { false } }
    var lookAhead: Int { window.lookAhead! }
    var description: String { "\(name)(\(type), \(parameters.map(\.description).joined(separator: ", ")))" }
    var inputCount: Int { definition.function.inputs.count }
    var outputCount: Int { max(1, definition.function.outputs.count) }

    /// Every registered function, with several lengths, both partial settings and each type it takes.
    static let all: [ConformanceCase] = BuiltinIndicators.all.flatMap { definition in
        let function = definition.function
        let types: [DataType] = function.inputs[0].accepts == .any ? DataType.allCases : [.double, .int]
        return types.flatMap { type in
            parameterChoices(function).map { ConformanceCase(name: function.name, parameters: $0, type: type) }
        }
    }

    /// Those of one series and one result, which have a formula in `ReferenceTests`.
    static let simple = all.filter { $0.inputCount == 1 && $0.outputCount == 1 && ReferenceTests.known.contains($0.name) }

    private static func parameterChoices(_ function: SeriesFunction) -> [[Value]] {
        if let listed = listedParameters[function.name] { return listed }
        let least = Int64(function.parameters.first?.minimum ?? 1)
        let lengths = [1, 2, 3, 7, 8, 14, 30].filter { $0 >= least }
        if function.parameters.isEmpty { return [[]] }
        return lengths.flatMap { length -> [[Value]] in
            if function.name == "stddev" {
                return [0, 1].filter { $0 < length }.flatMap { ddof in [false, true].map { [.int(length), .int(ddof), .bool($0)] } }
            }
            if function.parameters.last!.name == "partial" { return [false, true].map { [.int(length), .bool($0)] } }
            return [[.int(length)]]
        }
    }

    private static let listedParameters: [String: [[Value]]] = [
        "macd": [[.int(12), .int(26), .int(9)], [.int(1), .int(2), .int(1)], [.int(3), .int(7), .int(4)]],
        "ppo": [[.int(12), .int(26), .int(9)], [.int(1), .int(2), .int(1)], [.int(3), .int(7), .int(4)]],
        "bbands": [[.int(20), .double(2)], [.int(1), .double(1)], [.int(7), .double(0)], [.int(2), .double(2.5)]],
        "keltner": [[.int(20), .double(2), .int(10)], [.int(1), .double(1.5), .int(1)], [.int(3), .double(0), .int(5)]],
        "supertrend": [[.int(10), .double(3)], [.int(1), .double(0.5)], [.int(4), .double(0)]],
        "psar": [[.double(0.02), .double(0.2)], [.double(0.3), .double(0.1)], [.double(0), .double(0)]],
        "stoch": [[.int(14), .int(3), .int(3)], [.int(1), .int(1), .int(1)], [.int(5), .int(1), .int(2)], [.int(3), .int(4), .int(1)]],
        "stoch_rsi": [
            [.int(14), .int(14), .int(3), .int(3)], [.int(1), .int(1), .int(1), .int(1)], [.int(5), .int(3), .int(2), .int(1)],
        ],
        "kama": [[.int(10), .int(2), .int(30)], [.int(1), .int(1), .int(2)], [.int(5), .int(3), .int(8)]],
        "ultimate": [[.int(7), .int(14), .int(28)], [.int(1), .int(1), .int(1)], [.int(2), .int(3), .int(3)]],
        "ichimoku": [
            [.int(9), .int(26), .int(52), .int(26)], [.int(1), .int(1), .int(1), .int(1)], [.int(8), .int(3), .int(2), .int(4)],
        ],
    ]

    /// The results for one entity's rows of one series, of the first result, batch by batch of the given sizes.
    func results(_ values: [Value], batches: [Int]? = nil) throws -> [Value] { try rows([values], batches: batches).map { $0[0] } }

    /// The results, a list per row, for one entity's rows, a list per series.
    func rows(_ series: [[Value]], batches: [Int]? = nil) throws -> [[Value]] {
        let names = series.indices.map { "x\($0)" }
        let schema = Schema(names.map { Field($0, type) })
        var start = 0
        var parts: [RecordBatch] = []
        for size in batches ?? [series[0].count] where size > 0 {
            parts.append(
                RecordBatch(schema: schema, columns: series.map { column(type, Array($0[start..<start + size])) }, count: size))
            start += size
        }
        let calls = (0..<outputCount).map {
            SeriesCall(output: "y\($0)", function: name, inputs: names, parameters: parameters, window: window, component: $0)
        }
        let stage = try SeriesStage(
            input: InMemoryStream(schema: schema, batches: parts),
            step: SeriesStep(entity: [], calls: calls, output: calls.map(\.output)))
        return try stage.collect().flatMap { batch in (0..<batch.count).map { row in batch.columns.map { $0[row] } } }
    }

    /// Random rows of each series, one in `nullEvery` null.
    func randomSeries(_ count: Int, seed: UInt64, nullEvery: Int? = 11) -> [[Value]] {
        (0..<inputCount).map { randomValues(count, seed: seed &+ UInt64($0) &* 7919, nullEvery: nullEvery) }
    }

    /// Random rows of the type, some of them equal, one in `nullEvery` null.
    func randomValues(_ count: Int, seed: UInt64, nullEvery: Int? = 11) -> [Value] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            if let nullEvery, Int.random(in: 0..<nullEvery, using: &generator) == 0 { return .null }
            return randomValue(&generator)
        }
    }

    /// Of values that are not above 0 there is no logarithm, hence no result.
    private var takesLogarithms: Bool { ["log_return", "realised_volatility", "parkinson", "garman_klass"].contains(name) }

    /// Values beyond all random ones.
    var extremeValues: [Value] {
        switch type {
        case .int: [.int(-1000), .int(1000)]
        case .double: [.double(-1000), .double(1000)]
        default: []
        }
    }

    func randomValue(_ generator: inout SeededGenerator) -> Value {
        switch type {
        case .int: .int(.random(in: takesLogarithms ? 10...50 : -20...20, using: &generator))
        case .double: .double((Double.random(in: 50...150, using: &generator) * 4).rounded() / 4 + 0.1)
        case .string: .string(String(Int.random(in: 0...1000, using: &generator)))
        case .bool: .bool(.random(using: &generator))
        case .date: .date(.random(in: 0...9999, using: &generator))
        case .timestamp: .timestamp(.random(in: 0...1_000_000, using: &generator))
        }
    }
}

func column(_ type: DataType, _ values: [Value]) -> Column {
    var builder = ColumnBuilder(type: type, capacity: values.count)
    for value in values { builder.append(value) }
    return builder.finish()
}

/// Values as comparable bits: 0.0 and -0.0 differ.
func bits(_ values: [Value]) -> [String] {
    values.map { value in
        if case .double(let number) = value { return "\(number) \(number.bitPattern)" }
        return value.description
    }
}

/// Rows of values as comparable bits.
func bits(_ rows: [[Value]]) -> [[String]] { rows.map { bits($0) } }

/// Cuts `count` rows into random sizes.
func randomSizes(_ count: Int, _ generator: inout SeededGenerator) -> [Int] {
    var sizes: [Int] = []
    var left = count
    while left > 0 {
        sizes.append(min(left, .random(in: 1...40, using: &generator)))
        left -= sizes.last!
    }
    return sizes
}

func doubles(_ values: [Double?]) -> [Value] { values.map { $0.map(Value.double) ?? .null } }
func ints(_ values: [Int64?]) -> [Value] { values.map { $0.map(Value.int) ?? .null } }
