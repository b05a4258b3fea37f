import ArgumentParser

/// What providers get wrong.
enum PriceFault: String, CaseIterable, ExpressibleByArgument {
    /// The close is below zero.
    case negative
    /// The high is below the low.
    case inverted
    /// The row comes twice.
    case duplicate
    /// One of the values is empty.
    case missing
    /// The row comes after the next one.
    case disorder
}

/// What was written.
struct GenerationCount {
    var rows = 0
    var gaps = 0
    var faults: [PriceFault: Int] = [:]
}
