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

    /// Every registered function, with several lengths, both partial settings and each type it takes.
    static let all: [ConformanceCase] = BuiltinIndicators.all.flatMap { definition in
        let function = definition.function
        let types: [DataType] = function.inputs[0].accepts == .any ? DataType.allCases : [.double, .int]
        return types.flatMap { type in
            [1, 2, 3, 7, 8, 14, 30].flatMap { length in
                parameterChoices(function, length).map { ConformanceCase(name: function.name, parameters: $0, type: type) }
            }
        }
    }

    private static func parameterChoices(_ function: SeriesFunction, _ length: Int) -> [[Value]] {
        let lengths: [Value] = [.int(Int64(length))]
        if function.name == "stddev" {
            return [0, 1].filter { $0 < length }.flatMap { ddof in [false, true].map { lengths + [.int(Int64(ddof)), .bool($0)] } }
        }
        return function.parameters.contains { $0.name == "partial" } ? [false, true].map { lengths + [.bool($0)] } : [lengths]
    }

    /// The results for one entity's rows, batch by batch of the given sizes.
    func results(_ values: [Value], batches: [Int]? = nil) throws -> [Value] {
        let schema = Schema([Field("x", type)])
        var start = 0
        var parts: [RecordBatch] = []
        for size in batches ?? [values.count] where size > 0 {
            parts.append(RecordBatch(schema: schema, columns: [column(type, Array(values[start..<start + size]))], count: size))
            start += size
        }
        let call = SeriesCall(output: "y", function: name, inputs: ["x"], parameters: parameters)
        let stage = try SeriesStage(
            input: InMemoryStream(schema: schema, batches: parts), step: SeriesStep(entity: [], calls: [call], output: ["y"]))
        return try stage.collect().flatMap { batch in (0..<batch.count).map { batch.columns[0][$0] } }
    }

    /// Random rows of the type, some of them equal, one in `nullEvery` null.
    func randomValues(_ count: Int, seed: UInt64, nullEvery: Int? = 11) -> [Value] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            if let nullEvery, Int.random(in: 0..<nullEvery, using: &generator) == 0 { return .null }
            return randomValue(&generator)
        }
    }

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
        case .int: .int(.random(in: -20...20, using: &generator))
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
