import Columnar
import Language

/// The parameters of a series function's kernel, read with the limits that the checker may not have seen.
struct FunctionParameters {
    /// More rows than any window of market data; a bound on memory.
    static let longestWindow: Int64 = 1 << 24

    let function: String
    let values: [Value]

    /// A count of rows, `least ... longestWindow`.
    func rows(_ index: Int, named name: String = "n", from least: Int64 = 1) throws -> Int {
        guard case .int(let rows) = values[index], (least...Self.longestWindow).contains(rows) else {
            throw fault("\(name) from \(least) to \(Self.longestWindow)", values[index])
        }
        return Int(rows)
    }

    /// An int of 0 or more.
    func natural(_ index: Int, named name: String) throws -> Int {
        guard case .int(let number) = values[index], (0...Self.longestWindow).contains(number) else {
            throw fault("\(name) from 0 to \(Self.longestWindow)", values[index])
        }
        return Int(number)
    }

    /// A finite number of 0 or more.
    func number(_ index: Int, named name: String) throws -> Double {
        switch values[index] {
        case .double(let number) where number >= 0 && number.isFinite: return number
        case .int(let number) where number >= 0: return Double(number)
        default: throw fault("\(name) of 0 or more", values[index])
        }
    }

    func flag(_ index: Int) throws -> Bool {
        guard case .bool(let flag) = values[index] else { throw fault("true or false for partial", values[index]) }
        return flag
    }

    func fault(_ expected: String, _ found: Value) -> SeriesFault {
        .invalidParameter(function: function, expected: expected, found: found.description)
    }

    /// The window of a function of the last `n` rows, `n` being the first parameter.
    static func lastRows(_ values: [Value]) -> Window { .finite(lookBack: max(0, firstInt(values) - 1), lookAhead: 0) }

    /// The first parameter, a number of rows, brought into the limits that `rows` enforces so that windows can be added up.
    static func firstInt(_ values: [Value]) -> Int { values.isEmpty ? 1 : clampedRows(values, 0) }

    /// As `firstInt`, of any parameter.
    static func clampedRows(_ values: [Value], _ index: Int) -> Int {
        guard case .int(let rows) = values[index] else { return 1 }
        return Int(min(max(rows, 1), longestWindow))
    }

    /// The window of a function that reads as many rows before this one as its first parameter says.
    static func rowsBefore(_ values: [Value]) -> Window { .finite(lookBack: firstInt(values), lookAhead: 0) }

    static func recursive(_ values: [Value]) -> Window { .recursive(lookAhead: 0) }
}

extension SeriesFunction.Parameter {
    static let length = SeriesFunction.Parameter(
        "n", .int, minimum: 1, maximum: Double(FunctionParameters.longestWindow))
    static let distance = SeriesFunction.Parameter(
        "n", .int, default: .int(1), minimum: 1, maximum: Double(FunctionParameters.longestWindow))

    /// A number of rows that has a customary value.
    static func rows(_ name: String = "n", default rows: Int64, minimum: Double = 1) -> SeriesFunction.Parameter {
        SeriesFunction.Parameter(
            name, .int, default: .int(rows), minimum: minimum, maximum: Double(FunctionParameters.longestWindow))
    }

    static func factor(_ name: String, default factor: Double) -> SeriesFunction.Parameter {
        SeriesFunction.Parameter(name, .double, default: .double(factor), minimum: 0)
    }

    static let partial = SeriesFunction.Parameter("partial", .bool, default: .bool(false))
}

extension SeriesFunction {
    /// Series of doubles with these names.
    static func doubles(_ names: String...) -> [(name: String, accepts: Input)] { names.map { ($0, .double) } }
}
