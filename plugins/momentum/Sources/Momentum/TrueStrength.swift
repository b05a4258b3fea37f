import TickbookPlugin

/// Blau's true strength index.
public struct TrueStrength: Indicator {
    public static let name = "tsi"
    public static let documentation = """
        Blau's true strength index: how one-sided the smoothed changes of x are, from -100 to 100.
        Formula: 100 * s(x - x[row before]) / s(|x - x[row before]|), s the exponential average over short of that over long, each
        seeded with the mean of its first values. Window: recursive. The first long + short - 1 rows are null.
        A null has no result and is passed over; null while x has not changed at all.
        Source: Blau, "Momentum, Direction, and Divergence", 1995.
        """
    public static let parameters = [Parameter.int("long", default: 25), Parameter.int("short", default: 13)]

    private let long: Int
    private let short: Int

    public init(_ values: Arguments) {
        long = values.int("long")
        short = values.int("short")
    }

    public struct State {
        var previous = Double.nan
        var changes = Twice()
        var sizes = Twice()
    }

    public var window: Window { .recursive }
    public var start: State { State() }

    public func update(_ state: inout State, _ rows: Rows) {
        for row in 0..<rows.count {
            let value = rows.inputs[0][row]
            rows.outputs[0][row] = .nan
            guard !value.isNaN else { continue }
            defer { state.previous = value }
            guard !state.previous.isNaN else { continue }
            let change = state.changes.next(value - state.previous, long, short)
            let size = state.sizes.next(abs(value - state.previous), long, short)
            rows.outputs[0][row] = 100 * (change / size)
        }
    }

    public func save(_ state: State) -> [Double] { [state.previous] + state.changes.numbers + state.sizes.numbers }

    public func restore(_ numbers: [Double]) throws -> State {
        guard numbers.count == 9 else { throw PluginError("\(numbers.count) numbers are no state of tsi") }
        return State(previous: numbers[0], changes: Twice(numbers[1..<5]), sizes: Twice(numbers[5..<9]))
    }
}

/// An exponential average of an exponential average.
struct Twice {
    private var first = Smoothed()
    private var second = Smoothed()

    init() {}

    init(_ numbers: ArraySlice<Double>) {
        first = Smoothed(numbers.prefix(2))
        second = Smoothed(numbers.suffix(2))
    }

    var numbers: [Double] { first.numbers + second.numbers }

    mutating func next(_ value: Double, _ long: Int, _ short: Int) -> Double {
        let average = first.next(value, long)
        return average.isNaN ? .nan : second.next(average, short)
    }
}

/// An exponential average, seeded with the mean of its first values.
struct Smoothed {
    /// Values seen, up to the length.
    private var seen = 0.0
    /// Their sum, then the average.
    private var value = 0.0

    init() {}

    init(_ numbers: ArraySlice<Double>) {
        seen = numbers.first!
        value = numbers.last!
    }

    var numbers: [Double] { [seen, value] }

    mutating func next(_ number: Double, _ length: Int) -> Double {
        if seen < Double(length) {
            seen += 1
            value += number
            guard seen == Double(length) else { return .nan }
            value /= Double(length)
        } else {
            value += (number - value) * (2 / Double(length + 1))
        }
        return value
    }
}
