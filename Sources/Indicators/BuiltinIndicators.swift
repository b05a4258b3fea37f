import Language

/// The functions of series that need no plugin.
package enum BuiltinIndicators {
    package static let all: [SeriesDefinition] = rows + averages + oscillators + trends + bands + volumes + statistics

    package static let byName: [String: SeriesDefinition] = Dictionary(uniqueKeysWithValues: all.map { ($0.function.name, $0) })

    private static let rows = [previousValue, nextValue, change, difference, logReturn, rateOfChange]
    private static let averages = [
        movingAverage, exponentialAverage, weightedAverage, doubleExponentialAverage, tripleExponentialAverage, adaptiveAverage,
    ]
    private static let oscillators = [
        relativeStrength, convergence, percentagePriceOscillator, tripleAverageChange, stochastic, stochasticStrength, commodityChannel,
        williamsRange, ultimateOscillator,
    ]
    private static let trends = [directionalMovement, aroon, parabolicStop, supertrend, ichimoku, laggingSpan]
    private static let bands = [bollingerBands, keltnerChannel, donchianChannel]
    private static let volumes = [onBalanceVolume, accumulationDistribution, moneyFlow, volumeWeightedPrice]
    private static let statistics = [
        standardDeviation, movingSum, movingMinimum, movingMaximum, movingRank, standardScore, correlation, beta, trueRangeAverage,
        realisedVolatility, parkinsonVolatility, garmanKlassVolatility,
    ]
}
