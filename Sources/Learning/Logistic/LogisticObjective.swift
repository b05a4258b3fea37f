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
    /// Rows worked on at once: their centred columns stay in the processor's cache.
    private static let blockRows = 512

    private typealias Vectors = UnsafeMutablePointer<SIMD4<Double>>

    let spool: SampleSpool
    let roles: [ChunkRoles]
    let means: [Double]
    /// What a row of each label counts; nil when all count 1.
    var weights: (negative: Double, positive: Double)?
    let threads: Int

    /// Adds up chunk results in chunk order.
    func derivatives(intercept: Double, slopes: [Double]) throws -> LogisticDerivatives {
        let parts = try spool.mapChunks(
            reading: spool.sampleColumns, threads: threads, where: { roles[$0].train > 0 },
            memory: { BlockScratch(columnCount: means.count + 3, rows: Self.blockRows) },
            { index, chunk, scratch in
                derivatives(of: chunk, rows: roles[index].train, intercept: intercept, slopes: slopes, scratch: scratch)
            })
        var total = LogisticDerivatives(size: means.count + 1)
        for part in parts { total.add(part) }
        return total
    }

    private func derivatives(
        of chunk: SampleChunk, rows: Int, intercept: Double, slopes: [Double], scratch: BlockScratch
    ) -> LogisticDerivatives {
        var result = LogisticDerivatives(size: means.count + 1)
        let columns = means.indices.map(scratch.column)
        let (residuals, weights) = (scratch.column(means.count), scratch.column(means.count + 1))
        let weighted = scratch.column(means.count + 2)
        for start in stride(from: 0, to: rows, by: Self.blockRows) {
            let count = min(Self.blockRows, rows - start)
            center(chunk, start, into: columns, count: (count + 3) / 4)
            result.loss += evaluate(
                columns, labels: vectors(chunk.labels + start), count: count, intercept: intercept, slopes: slopes,
                residuals: residuals, weights: weights)
            addSums(of: columns, residuals, weights, weighted, count: (count + 3) / 4, to: &result)
        }
        return result
    }

    private func vectors(_ column: UnsafeMutablePointer<Double>) -> Vectors {
        UnsafeMutableRawPointer(column).assumingMemoryBound(to: SIMD4<Double>.self)
    }

    private func center(_ chunk: SampleChunk, _ start: Int, into columns: [Vectors], count: Int) {
        for (feature, (column, mean)) in zip(columns, means).enumerated() {
            let values = vectors(chunk.feature(feature) + start)
            for index in 0..<count { column[index] = values[index] - mean }
        }
    }

    /// Fills residuals `p - y` and weights `p(1 - p)`, zero beyond `count` rows; returns the rows' loss.
    private func evaluate(
        _ columns: [Vectors], labels: Vectors, count: Int, intercept: Double, slopes: [Double], residuals: Vectors,
        weights curvatures: Vectors
    ) -> Double {
        let vectorCount = (count + 3) / 4
        addMargins(columns, count: vectorCount, intercept: intercept, slopes: slopes, to: residuals)
        // A fit starts from slopes of 0: all rows have one margin.
        let common = slopes.allSatisfy { $0 == 0 } ? LogisticCurve(margin: SIMD4(repeating: intercept)) : nil
        if let weights {
            return evaluate(common, labels: labels, count: count, counting: weights, residuals: residuals, weights: curvatures)
        }
        var linear = SIMD4<Double>.zero
        // At most 128 factors of at most 2 each: one logarithm per block instead of one per row.
        var factors = SIMD4<Double>(repeating: 1)
        for index in 0..<vectorCount {
            let margin = residuals[index]
            let curve = common ?? LogisticCurve(margin: margin)
            var residual = curve.probability - labels[index]
            var weight = curve.slope
            var loss = margin.replacing(with: 0, where: margin .< 0) - labels[index] * margin
            var factor = curve.lossFactor
            if index * 4 + 4 > count {
                for lane in count - index * 4..<4 { (residual[lane], weight[lane], loss[lane], factor[lane]) = (0, 0, 0, 1) }
            }
            residuals[index] = residual
            curvatures[index] = weight
            linear += loss
            factors *= factor
        }
        return linear.sum() + log(factors[0]) + log(factors[1]) + log(factors[2]) + log(factors[3])
    }

    /// The same where rows count by their label; `residuals` hold the margins.
    private func evaluate(
        _ common: LogisticCurve?, labels: Vectors, count: Int, counting weights: (negative: Double, positive: Double),
        residuals: Vectors, weights curvatures: Vectors
    ) -> Double {
        var loss = 0.0
        for index in 0..<(count + 3) / 4 {
            let (margin, label) = (residuals[index], labels[index])
            let curve = common ?? LogisticCurve(margin: margin)
            var weight = SIMD4(repeating: weights.negative).replacing(with: weights.positive, where: label .== 1)
            for lane in 0..<4 where index * 4 + lane >= count { weight[lane] = 0 }
            residuals[index] = (curve.probability - label) * weight
            curvatures[index] = curve.slope * weight
            let linear = margin.replacing(with: 0, where: margin .< 0) - label * margin
            for lane in 0..<min(4, count - index * 4) { loss += weight[lane] * (linear[lane] + log(curve.lossFactor[lane])) }
        }
        return loss
    }

    private func addMargins(_ columns: [Vectors], count: Int, intercept: Double, slopes: [Double], to margins: Vectors) {
        margins.update(repeating: SIMD4(repeating: intercept), count: count)
        for (column, slope) in zip(columns, slopes) where slope != 0 {
            for index in 0..<count { margins[index] += column[index] * slope }
        }
    }

    private func addSums(
        of columns: [Vectors], _ residuals: Vectors, _ weights: Vectors, _ weighted: Vectors, count: Int,
        to result: inout LogisticDerivatives
    ) {
        let sums = sums(residuals, weights, count)
        result.gradient[0] += sums.0
        result.curvature[0, 0] += sums.1
        for row in columns.indices {
            let sums = weigh(columns[row], residuals, weights, into: weighted, count)
            result.gradient[row + 1] += sums.gradient
            result.curvature[row + 1, 0] += sums.curvature
            // Two at a time: an addition need not wait for the one before it.
            for column in stride(from: 0, through: row, by: 2) {
                let products = products(weighted, columns[column], columns[min(column + 1, row)], count)
                result.curvature[row + 1, column + 1] += products.0
                if column < row { result.curvature[row + 1, column + 2] += products.1 }
            }
        }
    }

    private func sums(_ first: Vectors, _ second: Vectors, _ count: Int) -> (Double, Double) {
        var totals = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        for index in 0..<count {
            totals.0 += first[index]
            totals.1 += second[index]
        }
        return (totals.0.sum(), totals.1.sum())
    }

    /// Fills `weighted` with the column's values times their weights.
    private func weigh(
        _ column: Vectors, _ residuals: Vectors, _ weights: Vectors, into weighted: Vectors, _ count: Int
    ) -> (gradient: Double, curvature: Double) {
        var totals = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        for index in 0..<count {
            let value = weights[index] * column[index]
            weighted[index] = value
            totals.0 += residuals[index] * column[index]
            totals.1 += value
        }
        return (totals.0.sum(), totals.1.sum())
    }

    private func products(_ left: Vectors, _ first: Vectors, _ second: Vectors, _ count: Int) -> (Double, Double) {
        var totals = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        for index in 0..<count {
            totals.0 += left[index] * first[index]
            totals.1 += left[index] * second[index]
        }
        return (totals.0.sum(), totals.1.sum())
    }
}

/// One thread's columns for the rows of a block.
final class BlockScratch {
    private let memory: UnsafeMutablePointer<SIMD4<Double>>
    private let vectorCount: Int

    /// `rows` is a multiple of the SIMD width.
    init(columnCount: Int, rows: Int) {
        vectorCount = rows / 4
        memory = .allocate(capacity: columnCount * vectorCount)
        memory.initialize(repeating: .zero, count: columnCount * vectorCount)
    }

    deinit { memory.deallocate() }

    func column(_ index: Int) -> UnsafeMutablePointer<SIMD4<Double>> { memory + index * vectorCount }
}
