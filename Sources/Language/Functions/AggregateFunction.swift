import Columnar

/// Functions of a group's rows, for `summarize`; nulls are passed over.
package enum AggregateFunction: String, Sendable, Hashable, CaseIterable {
    case count, sum, avg, min, max, stddev, median, first, last
    case countDistinct = "count_distinct"

    package var documentation: String {
        switch self {
        case .count: "The number of rows, or of rows where the argument is not null."
        case .sum: "The sum; an int beyond 64 bits is an error. Doubles are added in a fixed order, so that every run gives the same bits."
        case .avg: "The arithmetic mean, as a double."
        case .min: "The smallest value."
        case .max: "The largest value."
        case .stddev: "The sample standard deviation (ddof = 1); null for fewer than two values."
        case .median: "The middle value, or the mean of the two middle values."
        case .first: "The first value by key time, the smallest of several at one time."
        case .last: "The last value by key time, the largest of several at one time."
        case .countDistinct: "The number of different values."
        }
    }

    /// The function of series for the last rows instead of a group; nil when there is none.
    var ofMovingWindow: String? {
        switch self {
        case .sum, .min, .max, .stddev: rawValue
        case .avg: "sma"
        case .count, .median, .first, .last, .countDistinct: nil
        }
    }

    /// Nil when the type does not fit.
    func resultType(of argument: DataType) -> DataType? {
        switch self {
        case .count, .countDistinct: .int
        case .sum: argument.isNumeric ? argument : nil
        case .avg, .stddev, .median: argument.isNumeric ? .double : nil
        case .min, .max, .first, .last: argument
        }
    }

    var accepts: String {
        switch self {
        case .sum, .avg, .stddev, .median: "a number"
        default: "a column"
        }
    }
}
