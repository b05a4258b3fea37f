/// A fitted model of two classes.
package protocol Classifier: Sendable {
    /// In the order in which rows give them.
    var features: [String] { get }
    /// The probability from which a row is predicted as 1.
    var threshold: Double { get }

    /// The probability of 1 of each row, from 0 to 1. Rows follow one another, each with one finite number per feature.
    func probabilities(ofRows rows: UnsafeBufferPointer<Double>, into probabilities: UnsafeMutableBufferPointer<Double>) throws
}

extension LogisticModel: Classifier {
    package func probabilities(ofRows rows: UnsafeBufferPointer<Double>, into probabilities: UnsafeMutableBufferPointer<Double>) {
        let width = features.count
        for row in probabilities.indices {
            probabilities[row] = probability(of: UnsafeBufferPointer(rebasing: rows[row * width..<(row + 1) * width]))
        }
    }
}
