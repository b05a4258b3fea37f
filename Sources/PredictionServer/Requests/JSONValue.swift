import Columnar

/// What a value should have been.
struct WrongValue: Error {
    let type: StaticString
    let message: String

    static let notFinite = WrongValue(type: "finite_number", message: "Input should be a finite number")
}

/// Values of requests as the language's types.
enum JSONValue {
    /// Whole numbers beyond cannot be told from their neighbours once they are doubles.
    static let greatestInt = 9_007_199_254_740_991

    /// A number, a whole number, or `true` and `false` as 1 and 0.
    static func feature(_ element: JSONElement, type: DataType) -> Result<Double, WrongValue> {
        switch (element.kind, type) {
        case (.bool(let flag), .bool): .success(flag ? 1 : 0)
        case (_, .bool): .failure(WrongValue(type: "bool_type", message: "Input should be a valid boolean"))
        case (.notFinite, _): .failure(.notFinite)
        case (.number(let number), _) where !number.isFinite: .failure(.notFinite)
        case (.number(let number), .int) where number != number.rounded():
            .failure(
                WrongValue(type: "int_from_float", message: "Input should be a valid integer, got a number with a fractional part"))
        case (.number(let number), .int) where abs(number) > Double(greatestInt):
            .failure(WrongValue(type: "int_parsing_size", message: "Input should be an integer that a double holds exactly"))
        case (.number(let number), _): .success(number)
        case (_, .int): .failure(WrongValue(type: "int_type", message: "Input should be a valid integer"))
        default: .failure(WrongValue(type: "float_type", message: "Input should be a valid number"))
        }
    }
}
