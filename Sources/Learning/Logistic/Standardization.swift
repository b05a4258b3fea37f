/// Mean and population standard deviation of each feature over the training rows, as scikit-learn's StandardScaler defines them.
struct Standardization: Sendable {
    let means: [Double]
    /// 1 for a constant feature.
    let scales: [Double]
    let constantFeatures: [Int]

    /// Rough means come with the roles; one more pass gives what they lack and the spread about them.
    init(spool: SampleSpool, roles: [ChunkRoles], threads: Int) throws {
        let rows = Double(roles.reduce(0) { $0 + $1.train })
        let features = 0..<spool.featureCount
        let rough = features.map { feature in roles.reduce(0) { $0 + $1.sums[feature] } / rows }
        let parts = try spool.mapChunks(threads: threads) { index, chunk -> [ColumnMoments] in
            if roles[index].train > 0 { try spool.read(2..<2 + features.count, ofChunk: index, into: chunk) }
            return features.map { ColumnMoments(chunk.feature($0), roles[index].train, about: rough[$0]) }
        }
        let lacking = features.map { feature in parts.reduce(0) { $0 + $1[feature].sum } / rows }
        let squares = features.map { feature in parts.reduce(0) { $0 + $1[feature].squares } / rows }
        means = zip(rough, lacking).map { $0 + $1 }
        // Squares beyond the largest double leave no number; such a column has no scale.
        let variances = zip(squares, lacking).map { ($0 - $1 * $1).isNaN ? .infinity : max(0, $0 - $1 * $1) }
        let isConstant = zip(means, variances).map { Self.isConstant(mean: $0, variance: $1, rows: rows) }
        constantFeatures = features.filter { isConstant[$0] }
        scales = zip(variances, isConstant).map { $1 ? 1 : $0.squareRoot() }
    }

    /// Whether the spread is no more than the rounding of its own sum.
    private static func isConstant(mean: Double, variance: Double, rows: Double) -> Bool {
        let rounding = rows * mean * Double.ulpOfOne
        return variance.isFinite && variance <= rows * Double.ulpOfOne * variance + rounding * rounding
    }
}

/// The sums of a column's distances, and of their squares, from a number.
struct ColumnMoments: Sendable {
    private(set) var sum: Double
    private(set) var squares: Double

    /// Adds in four fixed lanes, so the result depends on the values and their order only.
    init(_ values: UnsafeMutablePointer<Double>, _ count: Int, about center: Double) {
        var (sums, squareSums) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        let whole = count & ~3
        for row in stride(from: 0, to: whole, by: 4) {
            let distances = UnsafeRawPointer(values + row).loadUnaligned(as: SIMD4<Double>.self) - center
            sums += distances
            squareSums += distances * distances
        }
        (sum, squares) = (sums.sum(), squareSums.sum())
        for row in whole..<count {
            sum += values[row] - center
            squares += (values[row] - center) * (values[row] - center)
        }
    }
}
