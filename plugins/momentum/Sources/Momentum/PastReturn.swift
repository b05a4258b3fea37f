import TickbookPlugin

/// The return that the momentum effect is measured by. Its state is the last `long` values, the oldest first.
public struct PastReturn: Indicator {
    public static let name = "past_return"
    public static let documentation = """
        The return of x over the past year but for the last month, by which stocks are sorted into winners and losers.
        Formula: x[skip rows before] / x[long rows before] - 1. Window: long back. The first long rows are null.
        Null when either value is null, or the older one is 0.
        Source: Jegadeesh and Titman, "Returns to Buying Winners and Selling Losers", Journal of Finance 48, 1993.
        """
    public static let parameters = [Parameter.int("long", default: 252, minimum: 1), Parameter.int("skip", default: 21, minimum: 0)]

    private let long: Int
    private let skip: Int

    public init(_ values: Arguments) throws {
        long = values.int("long")
        skip = values.int("skip")
        guard skip < long else { throw PluginError("skip = \(skip) must be below long = \(long)") }
    }

    public var window: Window { .finite(lookBack: long) }
    public var start: [Double] { [] }

    public func update(_ state: inout [Double], _ rows: Rows) {
        let values = state + rows.inputs[0]
        for row in 0..<rows.count {
            let place = state.count + row
            rows.outputs[0][row] = place < long ? .nan : values[place - skip] / values[place - long] - 1
        }
        state = values.suffix(long)
    }

    public func save(_ state: [Double]) -> [Double] { state }

    public func restore(_ numbers: [Double]) throws -> [Double] {
        guard numbers.count <= long else { throw PluginError("\(numbers.count) values are no state of \(long) rows") }
        return numbers
    }
}
