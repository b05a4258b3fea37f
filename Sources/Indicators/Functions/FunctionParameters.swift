import Columnar
import Language

/// The parameters of a series function's kernel, read with the limits that the checker may not have seen.
struct FunctionParameters {
    /// More rows than any window of market data; a bound on memory.
    static let longestWindow: Int64 = 1 << 24

    let function: String
    let values: [Value]

    /// A count of rows, `1 ... longestWindow`.
    func rows(_ index: Int) throws -> Int {
        guard case .int(let rows) = values[index], (1...Self.longestWindow).contains(rows) else {
            throw fault("n from 1 to \(Self.longestWindow)", values[index])
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
    static func firstInt(_ values: [Value]) -> Int {
        guard case .int(let rows)? = values.first else { return 1 }
        return Int(min(max(rows, 1), longestWindow))
    }
}

extension SeriesFunction.Parameter {
    static let length = SeriesFunction.Parameter(
        "n", .int, minimum: 1, maximum: Double(FunctionParameters.longestWindow))
    static let distance = SeriesFunction.Parameter(
        "n", .int, default: .int(1), minimum: 1, maximum: Double(FunctionParameters.longestWindow))
    static let partial = SeriesFunction.Parameter("partial", .bool, default: .bool(false))
}
