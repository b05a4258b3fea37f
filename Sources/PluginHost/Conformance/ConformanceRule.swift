/// What every function of series has to keep; the wording is that of `tickbook plugin test`.
package enum ConformanceRule: String, Sendable, CaseIterable {
    case parameters = "the default parameters go together, and have a window"
    case bounds = "a call writes the results of its rows and nothing else"
    case determinism = "the same rows give the same bits"
    case chunks = "any split of the rows into calls gives the same bits"
    case state = "saving and restoring at any row changes nothing"
    case windowHolds = "rows outside the window change nothing"
    case windowIsTight = "the window's first and last row matter"
    case nulls = "nulls give results or nulls, and only nulls give only nulls"
    case memory = "states are given back"
}

/// A rule that a function was seen to break.
package struct ConformanceViolation: Sendable, Hashable, CustomStringConvertible {
    package let rule: ConformanceRule
    package let call: String
    package let detail: String

    package var description: String { "\(call): broken: \(rule.rawValue): \(detail)" }
}
