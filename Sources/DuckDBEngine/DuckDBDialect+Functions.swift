package import Columnar
package import Language
import Planner

extension DuckDBDialect {
    package func scalar(_ function: ScalarFunction, _ arguments: [String], types: [DataType], result: DataType) -> String {
        let first = arguments[0]
        let call = { (name: String) in "\(name)(\(arguments.joined(separator: ", ")))" }
        switch function {
        case .or, .and: return "(\(first) \(function.rawValue.uppercased()) \(arguments[1]))"
        case .not: return "(NOT \(first))"
        case .equal: return "(\(first) = \(arguments[1]))"
        case .notEqual: return "(\(first) <> \(arguments[1]))"
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return "(\(first) \(function.rawValue) \(arguments[1]))"
        case .in: return "(\(first) IN (\(arguments.dropFirst().joined(separator: ", "))))"
        case .add, .subtract, .multiply: return "(\(first) \(function.rawValue) \(arguments[1]))"
        // The remainder of the least int by -1 is 0, but an error unless it is calculated with more bits.
        case .remainder where result == .int: return "CAST((CAST(\(first) AS HUGEINT) % nullif(\(arguments[1]), 0)) AS BIGINT)"
        case .remainder: return "(\(first) % nullif(\(arguments[1]), 0))"
        case .divide: return "(CAST(\(first) AS DOUBLE) / CAST(\(arguments[1]) AS DOUBLE))"
        case .negate: return "(-\(first))"
        case .abs: return call("abs")
        case .if: return "CASE WHEN \(first) THEN \(arguments[1]) ELSE \(arguments[2]) END"
        case .coalesce: return call("coalesce")
        case .isNull: return "(\(first) IS NULL)"
        case .least, .greatest: return extreme(function, arguments)
        case .floor, .ceil: return call(function.rawValue)
        case .sign: return "CAST(sign(\(first)) AS BIGINT)"
        case .log: return "CASE WHEN \(first) > 0 THEN ln(\(first)) END"
        case .log10: return "CASE WHEN \(first) > 0 THEN log10(\(first)) END"
        case .exp: return call("exp")
        case .sqrt: return "CASE WHEN \(first) >= 0 THEN sqrt(\(first)) END"
        case .power: return call("pow")
        case .round: return "round(CAST(\(first) AS DOUBLE)\(arguments.count == 2 ? ", TRY_CAST(\(arguments[1]) AS INTEGER)" : ""))"
        case .year, .quarter, .month, .week, .day, .hour, .minute, .second: return "CAST(\(call(function.rawValue)) AS BIGINT)"
        case .dayOfWeek: return "CAST(isodow(\(first)) AS BIGINT)"
        case .dayOfYear: return "CAST(dayofyear(\(first)) AS BIGINT)"
        case .upper, .lower, .length, .replace, .contains: return call(function.rawValue)
        case .trim: return "trim(\(first), ' ' || chr(9) || chr(10) || chr(13))"
        // An offset of more than 32 bits would be an error.
        case .substring:
            return "substring(\(([first] + arguments.dropFirst().map { "TRY_CAST(\($0) AS INTEGER)" }).joined(separator: ", ")))"
        case .concat: return "(\(arguments.joined(separator: " || ")))"
        case .startsWith: return call("starts_with")
        case .endsWith: return call("ends_with")
        case .toInt where types[0] == .double: return "TRY_CAST(trunc(\(first)) AS BIGINT)"
        case .toInt where types[0] == .string: return "TRY_CAST(trunc(TRY_CAST(\(first) AS DECIMAL(38, 9))) AS BIGINT)"
        case .toBool where types[0] == .string: return "CASE lower(\(first)) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"
        // The texts 'infinity' and '-infinity' would be dates.
        case .toDate where types[0] == .string, .toTimestamp where types[0] == .string:
            return finiteOrNull("TRY_CAST(\(first) AS \(typeName(result)))")
        case .toInt, .toDouble, .toBool, .toDate, .toTimestamp: return "TRY_CAST(\(first) AS \(typeName(result)))"
        case .toString: return "CAST(\(first) AS VARCHAR)"
        }
    }

    package func aggregate(_ function: AggregateFunction, _ argument: String?, type: DataType?, time: String?) -> String {
        guard let argument else { return "count(*)" }
        switch function {
        case .count: return "count(\(argument))"
        case .countDistinct: return "count(DISTINCT \(argument))"
        case .min, .max, .median: return "\(function.rawValue)(\(argument))"
        case .sum where type == .int: return "CAST(sum(\(argument)) AS BIGINT)"
        // Added in the order of size, the same whichever thread read which row.
        case .sum: return finiteOrNull("sum(\(argument) ORDER BY \(argument))")
        case .avg: return finiteOrNull("(sum(CAST(\(argument) AS DOUBLE) ORDER BY \(argument)) / count(\(argument)))")
        case .stddev: return finiteOrNull("stddev_samp(CAST(\(argument) AS DOUBLE) ORDER BY \(argument))")
        // Of several rows with the same time the value decides, so that it is the same row in every run.
        case .first, .last:
            return
                "\(function.rawValue)(\(argument) ORDER BY \(([time].compactMap(\.self) + [argument]).joined(separator: ", "))) FILTER (WHERE \(argument) IS NOT NULL)"
        }
    }

    private func extreme(_ function: ScalarFunction, _ arguments: [String]) -> String {
        let anyNull = arguments.map { "\($0) IS NULL" }.joined(separator: " OR ")
        return "CASE WHEN NOT (\(anyNull)) THEN \(function.rawValue)(\(arguments.joined(separator: ", "))) END"
    }
}
