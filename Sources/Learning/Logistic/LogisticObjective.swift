import Foundation

/// Summed loss, gradient and curvature of a logistic regression at one point; index 0 stands for the intercept.
struct LogisticDerivatives: Sendable {
    var loss = 0.0
    var gradient: [Double]
    var curvature: SymmetricMatrix

    init(size: Int) {
        gradient = Array(repeating: 0, count: size)
        curvature = SymmetricMatrix(size: size)
    }

    mutating func add(_ other: LogisticDerivatives) {
        loss += other.loss
        for index in gradient.indices { gradient[index] += other.gradient[index] }
        curvature.add(other.curvature)
    }
}

/// The loss of the training rows as a function of the intercept and the coefficients on centred, unscaled features.
struct LogisticObjective: Sendable {
    /// Rows worked on at once: their columns stay in the processor's cache.
    private static let blockRows = 1024

    let spool: SampleSpool
    let roles: [ChunkRoles]
    let means: [Double]
    let threads: Int

    /// Adds up chunk results in chunk order.
    func derivatives(intercept: Double, slopes: [Double]) throws -> LogisticDerivatives {
        let parts = try spool.mapChunks(threads: threads) { index, chunk -> LogisticDerivatives? in
            guard roles[index].train > 0 else { return nil }
            try spool.read(1..<spool.columnCount - 1, ofChunk: index, into: chunk)
            return derivatives(of: chunk, rows: roles[index].train, intercept: intercept, slopes: slopes)
        }
        var total = LogisticDerivatives(size: means.count + 1)
        for case let part? in parts { total.add(part) }
        return total
    }

    private func derivatives(of chunk: SampleChunk, rows: Int, intercept: Double, slopes: [Double]) -> LogisticDerivatives {
        var result = LogisticDerivatives(size: means.count + 1)
        withUnsafeTemporaryAllocation(of: SIMD4<Double>.self, capacity: 3 * Self.blockRows / 4) { scratch in
            let residuals = scratch.baseAddress!
            let weights = residuals + Self.blockRows / 4
            let weighted = weights + Self.blockRows / 4
            for start in stride(from: 0, to: rows, by: Self.blockRows) {
                let count = min(Self.blockRows, rows - start)
                let columns = means.indices.map { vectors(chunk.feature($0) + start) }
                center(columns, count: (count + 3) / 4)
                result.loss += evaluate(
                    columns, labels: vectors(chunk.labels + start), count: count, intercept: intercept, slopes: slopes,
                    residuals: residuals, weights: weights)
                addSums(of: columns, residuals, weights, weighted, count: (count + 3) / 4, to: &result)
            }
        }
        return result
    }

    private func vectors(_ column: UnsafeMutablePointer<Double>) -> UnsafeMutablePointer<SIMD4<Double>> {
        UnsafeMutableRawPointer(column).assumingMemoryBound(to: SIMD4<Double>.self)
    }

    /// Subtracts the means in place: the chunk in memory is this pass's own copy.
    private func center(_ columns: [UnsafeMutablePointer<SIMD4<Double>>], count: Int) {
        for (column, mean) in zip(columns, means) {
            for index in 0..<count { column[index] -= mean }
        }
    }

    /// Fills residuals `p - y` and weights `p(1 - p)`, zero beyond `count` rows; returns the rows' loss.
    private func evaluate(
        _ columns: [UnsafeMutablePointer<SIMD4<Double>>], labels: UnsafeMutablePointer<SIMD4<Double>>, count: Int,
        intercept: Double, slopes: [Double], residuals: UnsafeMutablePointer<SIMD4<Double>>,
        weights: UnsafeMutablePointer<SIMD4<Double>>
    ) -> Double {
        let vectorCount = (count + 3) / 4
        addMargins(columns, count: vectorCount, intercept: intercept, slopes: slopes, to: residuals)
        var linear = SIMD4<Double>.zero
        // At most 256 factors of at most 2 each: one logarithm per block instead of one per row.
        var factors = SIMD4<Double>(repeating: 1)
        for index in 0..<vectorCount {
            let margin = residuals[index]
            let curve = LogisticCurve(margin: margin)
            var residual = curve.probability - labels[index]
            var weight = curve.slope
            var loss = margin.replacing(with: 0, where: margin .< 0) - labels[index] * margin
            var factor = curve.lossFactor
            for lane in 0..<4 where index * 4 + lane >= count {
                (residual[lane], weight[lane], loss[lane], factor[lane]) = (0, 0, 0, 1)
            }
            residuals[index] = residual
            weights[index] = weight
            linear += loss
            factors *= factor
        }
        return linear.sum() + log(factors[0]) + log(factors[1]) + log(factors[2]) + log(factors[3])
    }

    private func addMargins(
        _ columns: [UnsafeMutablePointer<SIMD4<Double>>], count: Int, intercept: Double, slopes: [Double],
        to margins: UnsafeMutablePointer<SIMD4<Double>>
    ) {
        margins.update(repeating: SIMD4(repeating: intercept), count: count)
        for (column, slope) in zip(columns, slopes) {
            for index in 0..<count { margins[index] += column[index] * slope }
        }
    }

    private func addSums(
        of columns: [UnsafeMutablePointer<SIMD4<Double>>], _ residuals: UnsafeMutablePointer<SIMD4<Double>>,
        _ weights: UnsafeMutablePointer<SIMD4<Double>>, _ weighted: UnsafeMutablePointer<SIMD4<Double>>, count: Int,
        to result: inout LogisticDerivatives
    ) {
        result.gradient[0] += sum(residuals, count)
        result.curvature[0, 0] += sum(weights, count)
        for row in columns.indices {
            for index in 0..<count { weighted[index] = weights[index] * columns[row][index] }
            result.gradient[row + 1] += product(residuals, columns[row], count)
            result.curvature[row + 1, 0] += sum(weighted, count)
            for column in 0...row { result.curvature[row + 1, column + 1] += product(weighted, columns[column], count) }
        }
    }

    private func sum(_ values: UnsafeMutablePointer<SIMD4<Double>>, _ count: Int) -> Double {
        var total = SIMD4<Double>.zero
        for index in 0..<count { total += values[index] }
        return total.sum()
    }

    private func product(
        _ left: UnsafeMutablePointer<SIMD4<Double>>, _ right: UnsafeMutablePointer<SIMD4<Double>>, _ count: Int
    ) -> Double {
        var total = SIMD4<Double>.zero
        for index in 0..<count { total += left[index] * right[index] }
        return total.sum()
    }
}
