/// Averages of averages, each of the one before, as a part of a state.
struct AverageCascade: BitwiseCopyable {
    private var averages = (SmoothedAverage(), SmoothedAverage(), SmoothedAverage())

    /// The first and the second average at each row, NaN while they have none; into memory of as many rows.
    mutating func followTwice(
        _ values: UnsafePointer<Double>, _ count: Int, _ smoothing: Smoothing, into memory: (Int) -> UnsafeMutablePointer<Double>
    ) {
        averages.0.follow(values, count, smoothing, into: memory(0))
        averages.1.follow(memory(0), count, smoothing, into: memory(1))
    }

    /// The third average too.
    mutating func followThrice(
        _ values: UnsafePointer<Double>, _ count: Int, _ smoothing: Smoothing, into memory: (Int) -> UnsafeMutablePointer<Double>
    ) {
        followTwice(values, count, smoothing, into: memory)
        averages.2.follow(memory(1), count, smoothing, into: memory(2))
    }
}
