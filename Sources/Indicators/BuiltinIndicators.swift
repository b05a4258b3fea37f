import Language

/// The functions of series that need no plugin.
package enum BuiltinIndicators {
    package static let all: [SeriesDefinition] = [
        previousValue, nextValue, change, difference, movingAverage, standardDeviation, movingSum, movingMinimum, movingMaximum,
        movingRank, exponentialAverage,
    ]

    package static let byName: [String: SeriesDefinition] = Dictionary(uniqueKeysWithValues: all.map { ($0.function.name, $0) })
}
