import TickbookPlugin

/// The change over n rows, in per cent. Its state is the last n values, the oldest first.
public struct Change: Indicator {
    public static let name = "__NAME___change"
    public static let documentation = """
        The change of x over n rows, in per cent.
        Formula: 100 * (x / x[n rows before] - 1). Window: n back. The first n rows are null.
        Null when either value is null.
        """
    public static let parameters = [Parameter.int("n", default: 10)]

    private let length: Int

    public init(_ values: Arguments) { length = values.int("n") }

    public var window: Window { .finite(lookBack: length) }
    public var start: [Double] { [] }

    public func update(_ state: inout [Double], _ rows: Rows) {
        let values = state + rows.inputs[0]
        for row in 0..<rows.count {
            // NaN, that is null, in either value makes the result null by itself.
            let place = state.count + row
            rows.outputs[0][row] = place < length ? .nan : 100 * (values[place] / values[place - length] - 1)
        }
        state = values.suffix(length)
    }

    public func save(_ state: [Double]) -> [Double] { state }

    public func restore(_ numbers: [Double]) throws -> [Double] {
        guard numbers.count <= length else { throw PluginError("\(numbers.count) values are no state of \(length) rows") }
        return numbers
    }
}
