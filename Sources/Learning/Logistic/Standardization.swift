/// Mean and population standard deviation of each feature over the training rows, as scikit-learn's StandardScaler defines them.
struct Standardization: Sendable {
    let means: [Double]
    /// 1 for a constant feature.
    let scales: [Double]
    let constantFeatures: [Int]

    /// Puts the chunks' spreads together, in chunk order; `roles` hold a training row at least.
    init(roles: [ChunkRoles]) {
        let chunks = roles.filter { $0.train > 0 }.map(\.spreads)
        let wholes = chunks[0].indices.map { feature in ColumnSpread(joining: chunks.map { $0[feature] }) }
        let isConstant = wholes.map(\.isConstant)
        means = wholes.map(\.mean)
        constantFeatures = isConstant.indices.filter { isConstant[$0] }
        scales = zip(wholes, isConstant).map { $1 ? 1 : $0.variance.squareRoot() }
    }
}

/// The mean of some numbers and the sum of their squared distances from it.
struct ColumnSpread: Sendable {
    let rows: Double
    let mean: Double
    let squares: Double

    /// Infinite when the squares are beyond the largest double: such a column has no scale.
    var variance: Double { squares.isNaN ? .infinity : max(0, squares / rows) }

    /// Whether the spread is no more than the rounding of its own sum.
    var isConstant: Bool {
        let rounding = rows * mean * Double.ulpOfOne
        return variance.isFinite && variance <= rows * Double.ulpOfOne * variance + rounding * rounding
    }

    /// Of `count` values: a rough mean first, then what it lacks together with the squares about it.
    init(_ values: UnsafeMutablePointer<Double>, _ count: Int) {
        rows = Double(count)
        let rough = ColumnMoments(values, count, about: 0).sum / rows
        let moments = ColumnMoments(values, count, about: rough)
        let lacking = moments.sum / rows
        mean = rough + lacking
        squares = moments.squares - lacking * lacking * rows
    }

    /// Of all the numbers of `parts`, at least one: after Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for
    /// computing sample variances" (1979).
    init(joining parts: [ColumnSpread]) {
        let rows = parts.reduce(0) { $0 + $1.rows }
        let first = parts[0].mean
        let mean = first + parts.reduce(0) { $0 + $1.rows * ($1.mean - first) } / rows
        squares = parts.reduce(0) { $0 + $1.squares + $1.rows * ($1.mean - mean) * ($1.mean - mean) }
        (self.rows, self.mean) = (rows, mean)
    }
}

/// The sums of a column's distances, and of their squares, from a number.
private struct ColumnMoments {
    private(set) var sum: Double
    private(set) var squares: Double

    /// Adds in eight fixed lanes, so the result depends on the values and their order only.
    init(_ values: UnsafeMutablePointer<Double>, _ count: Int, about center: Double) {
        var (sums, squareSums) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        let whole = count & ~7
        for row in stride(from: 0, to: whole, by: 8) {
            let distances = UnsafeRawPointer(values + row).loadUnaligned(as: SIMD8<Double>.self) - center
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
