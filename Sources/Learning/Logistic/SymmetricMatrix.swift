/// A symmetric matrix as its lower triangle; reading and writing take row ≥ column.
struct SymmetricMatrix: Sendable {
    let size: Int
    private var elements: [Double]

    init(size: Int) {
        self.size = size
        elements = Array(repeating: 0, count: size * (size + 1) / 2)
    }

    subscript(row: Int, column: Int) -> Double {
        get { elements[row * (row + 1) / 2 + column] }
        set { elements[row * (row + 1) / 2 + column] = newValue }
    }

    mutating func add(_ other: SymmetricMatrix) {
        for index in elements.indices { elements[index] += other.elements[index] }
    }
}

/// The Cholesky factor `L` of a positive definite matrix `L·Lᵀ`.
struct CholeskyFactor {
    /// A row that the rows before it make up to rounding.
    struct DependentRow: Error {
        let row: Int
        /// Rows before it that take part.
        let on: [Int]
    }

    /// A pivot below this share of its diagonal element is rounding, not information.
    private static let smallestPivot = 1e-11
    private var lower: SymmetricMatrix

    init(_ matrix: SymmetricMatrix) throws(DependentRow) {
        lower = matrix
        for row in 0..<matrix.size {
            for column in 0..<row {
                var element = matrix[row, column]
                for index in 0..<column { element -= lower[row, index] * lower[column, index] }
                lower[row, column] = element / lower[column, column]
            }
            var pivot = matrix[row, row]
            for index in 0..<row { pivot -= lower[row, index] * lower[row, index] }
            guard pivot > Self.smallestPivot * matrix[row, row] else { throw DependentRow(row: row, on: partners(of: row)) }
            lower[row, row] = pivot.squareRoot()
        }
    }

    /// The first row that those before it make up; nil when there is none.
    static func dependentRow(of matrix: SymmetricMatrix) -> DependentRow? {
        do throws(DependentRow) {
            _ = try CholeskyFactor(matrix)
            return nil
        } catch {
            return error
        }
    }

    /// `x` with `L·Lᵀ·x = right`.
    func solve(_ right: [Double]) -> [Double] {
        var solution = right
        for row in right.indices {
            for index in 0..<row { solution[row] -= lower[row, index] * solution[index] }
            solution[row] /= lower[row, row]
        }
        return backSubstituted(solution)
    }

    private func backSubstituted(_ right: [Double]) -> [Double] {
        var solution = right
        for row in right.indices.reversed() {
            for index in row + 1..<max(row + 1, right.count) { solution[row] -= lower[index, row] * solution[index] }
            solution[row] /= lower[row, row]
        }
        return solution
    }

    /// Rows before `row` whose weight in making it up is not rounding.
    private func partners(of row: Int) -> [Int] {
        let weights = backSubstituted((0..<row).map { lower[row, $0] })
        return weights.indices.filter { abs(weights[$0]) > 1e-6 }
    }
}
