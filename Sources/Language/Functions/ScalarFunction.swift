import Columnar

/// Operators and functions of one row's values; null in, null out, but for those that are about nulls.
package enum ScalarFunction: String, Sendable, Hashable, CaseIterable {
    // Operators
    case or, and, not
    case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    case `in`
    case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%", negate
    // Choice
    case `if`, coalesce
    case isNull = "is_null"
    case least, greatest
    // Mathematics
    case abs, sign, log, log10, exp, sqrt, power, round, floor, ceil
    // Calendar
    case year, quarter, month, week, day
    case dayOfWeek = "day_of_week"
    case dayOfYear = "day_of_year"
    case hour, minute, second
    // Text
    case upper, lower, trim, length, substring, replace, concat, contains
    case startsWith = "starts_with"
    case endsWith = "ends_with"
    // Conversion
    case toInt = "int", toDouble = "double", toString = "string", toBool = "bool", toDate = "date", toTimestamp = "timestamp"

    /// Whether the function is written `name(…)`; operators are not.
    package var isCallable: Bool { rawValue.first!.isLetter && ![.or, .and, .not, .in, .negate].contains(self) }

    package struct Signature: Sendable {
        /// The call as documentation shows it.
        package let form: String
        package let documentation: String
        package let arity: ClosedRange<Int>
        /// The result's type, or nil when these argument types do not fit.
        let result: @Sendable ([DataType]) -> DataType?
        /// What the arguments must be, for messages.
        package let accepts: String
    }
}

extension ScalarFunction.Signature {
    fileprivate init(
        _ form: String, _ documentation: String, _ arity: ClosedRange<Int>, accepts: String,
        result: @escaping @Sendable ([DataType]) -> DataType?
    ) {
        self.init(form: form, documentation: documentation, arity: arity, result: result, accepts: accepts)
    }
}

extension ScalarFunction {
    package var signature: Signature {
        switch self {
        case .or, .and: Signature("a \(rawValue) b", "Three-valued logic.", 2...2, accepts: "bools", result: allBool)
        case .not: Signature("not a", "The opposite; null stays null.", 1...1, accepts: "a bool", result: allBool)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            Signature(
                "a \(rawValue) b", "Comparison; null when either side is null.", 2...2, accepts: "two values of one type",
                result: comparison)
        case .in:
            Signature(
                "a in [b, c]", "Whether a equals one of the list.", 1...1000, accepts: "a value and a list of its type", result: comparison)
        case .add, .subtract, .multiply, .remainder:
            Signature(
                "a \(rawValue) b",
                "Arithmetic; int with int is int, else double. An int beyond 64 bits is an error; a double too large is null.", 2...2,
                accepts: "numbers", result: widest)
        case .divide: Signature("a / b", "A double; null when b is 0.", 2...2, accepts: "numbers", result: allNumeric(.double))
        case .negate: Signature("-a", "The negative.", 1...1, accepts: "a number", result: widest)
        case .if:
            Signature(
                "if(condition, a, b)", "a where the condition is true, else b (null conditions too).", 3...3,
                accepts: "a bool, then two values of one type"
            ) {
                $0[0] == .bool ? common(Array($0[1...])) : nil
            }
        case .coalesce:
            Signature("coalesce(a, b, …)", "The first that is not null.", 1...100, accepts: "values of one type", result: common)
        case .isNull: Signature("is_null(a)", "Whether a is null.", 1...1, accepts: "a value") { _ in .bool }
        case .least, .greatest:
            Signature(
                "\(rawValue)(a, b, …)", "The \(self == .least ? "smallest" : "largest") argument; null when one is null.", 2...100,
                accepts: "values of one type", result: common)
        case .abs: Signature("abs(x)", "The absolute value.", 1...1, accepts: "a number", result: widest)
        case .sign: Signature("sign(x)", "-1, 0 or 1.", 1...1, accepts: "a number", result: allNumeric(.int))
        case .log: Signature("log(x)", "The natural logarithm; null unless x > 0.", 1...1, accepts: "a number", result: allNumeric(.double))
        case .log10:
            Signature("log10(x)", "The logarithm to base 10; null unless x > 0.", 1...1, accepts: "a number", result: allNumeric(.double))
        case .exp:
            Signature(
                "exp(x)", "e to the power x; null when too large for a double.", 1...1, accepts: "a number", result: allNumeric(.double))
        case .sqrt: Signature("sqrt(x)", "The square root; null when x < 0.", 1...1, accepts: "a number", result: allNumeric(.double))
        case .power:
            Signature(
                "power(x, y)", "x to the power y; null where that is no finite number.", 2...2, accepts: "two numbers",
                result: allNumeric(.double))
        case .round:
            Signature(
                "round(x, digits = 0)", "x to so many decimals as a double, halves away from zero.", 1...2,
                accepts: "a number and a whole number of digits"
            ) {
                $0[0].isNumeric && $0.dropFirst().allSatisfy { $0 == .int } ? .double : nil
            }
        case .floor, .ceil:
            Signature(
                "\(rawValue)(x)", self == .floor ? "The next whole number down." : "The next whole number up.", 1...1, accepts: "a number",
                result: allNumeric(.double))
        case .year, .quarter, .month, .week, .day, .dayOfWeek, .dayOfYear:
            Signature("\(rawValue)(date)", calendarDocumentation, 1...1, accepts: "a date or timestamp") { $0[0].isTemporal ? .int : nil }
        case .hour, .minute, .second:
            Signature("\(rawValue)(timestamp)", "The \(rawValue) of the time of day.", 1...1, accepts: "a timestamp") {
                $0[0] == .timestamp ? .int : nil
            }
        case .upper, .lower, .trim:
            Signature(
                "\(rawValue)(text)", self == .trim ? "Without white space at both ends." : "In \(rawValue) case.", 1...1,
                accepts: "a string", result: allString(.string))
        case .length: Signature("length(text)", "The number of characters.", 1...1, accepts: "a string", result: allString(.int))
        case .substring:
            Signature(
                "substring(text, start, length)", "Part of a text; the first character is 1, and a negative start counts from the end.",
                2...3, accepts: "a string, then one or two ints"
            ) {
                $0[0] == .string && $0.dropFirst().allSatisfy { $0 == .int } ? .string : nil
            }
        case .replace:
            Signature(
                "replace(text, old, new)", "Every `old` replaced by `new`.", 3...3, accepts: "three strings", result: allString(.string))
        case .concat:
            Signature(
                "concat(a, b, …)", "One text after the other; null when one is null.", 1...100, accepts: "strings",
                result: allString(.string))
        case .contains, .startsWith, .endsWith:
            Signature(
                "\(rawValue)(text, part)", "Whether the text \(rawValue.replacing("_", with: " ")) the part.", 2...2,
                accepts: "two strings", result: allString(.bool))
        case .toInt:
            Signature("int(x)", "To int, cutting decimals off; null when it does not fit.", 1...1, accepts: "a number, bool or string") {
                $0[0].isTemporal ? nil : .int
            }
        case .toDouble:
            Signature("double(x)", "To double; null when the text is no number.", 1...1, accepts: "a number, bool or string") {
                $0[0].isTemporal ? nil : .double
            }
        case .toString: Signature("string(x)", "To text.", 1...1, accepts: "a value") { _ in .string }
        case .toBool:
            Signature("bool(x)", "To bool: 0 is false; of texts true and false are known.", 1...1, accepts: "an int, bool or string") {
                [.int, .bool, .string].contains($0[0]) ? .bool : nil
            }
        case .toDate:
            Signature("date(x)", "To date; null when the text is no ISO date.", 1...1, accepts: "a string, date or timestamp") {
                $0[0] == .string || $0[0].isTemporal ? .date : nil
            }
        case .toTimestamp:
            Signature("timestamp(x)", "To timestamp; null when the text is none.", 1...1, accepts: "a string, date or timestamp") {
                $0[0] == .string || $0[0].isTemporal ? .timestamp : nil
            }
        }
    }

    private var calendarDocumentation: String {
        switch self {
        case .week: "The ISO week, 1 to 53."
        case .dayOfWeek: "1 (Monday) to 7 (Sunday)."
        case .dayOfYear: "1 to 366."
        default: "The \(rawValue) as an int."
        }
    }
}

private func allBool(_ types: [DataType]) -> DataType? { types.allSatisfy { $0 == .bool } ? .bool : nil }

private func allString(_ result: DataType) -> @Sendable ([DataType]) -> DataType? {
    { $0.allSatisfy { $0 == .string } ? result : nil }
}

private func allNumeric(_ result: DataType) -> @Sendable ([DataType]) -> DataType? {
    { $0.allSatisfy(\.isNumeric) ? result : nil }
}

private func widest(_ types: [DataType]) -> DataType? {
    guard types.allSatisfy(\.isNumeric) else { return nil }
    return types.contains(.double) ? .double : .int
}

private func common(_ types: [DataType]) -> DataType? {
    if let numeric = widest(types) { return numeric }
    if types.allSatisfy(\.isTemporal) { return types.contains(.timestamp) ? .timestamp : .date }
    return types.allSatisfy { $0 == types[0] } ? types[0] : nil
}

private func comparison(_ types: [DataType]) -> DataType? { common(types) == nil ? nil : .bool }
