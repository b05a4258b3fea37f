/// A kind of model, whose values are fitted models: given rows of features, the probability of the label 1. The rules it keeps are those
/// of tickbook_plugin.h; several threads may use one value at the same time.
///
/// Whatever is thrown goes to the notebook's reader as a message; a trap (an index out of range, say) ends the whole process.
public protocol Model: Sendable {
    /// As notebooks call it in `fit(…)`: lower-case letters, digits and underscores.
    static var name: String { get }
    /// One sentence; then lines with parameters, method and source.
    static var documentation: String { get }
    static var parameters: [Parameter] { get }

    /// Fits to all rows of the samples. Equal rows in equal order give equal numbers.
    static func fit(_ samples: Samples, _ values: Arguments) throws -> Self
    /// All that `init` needs, one number or more; kept with the model's version.
    var numbers: [Double] { get }
    /// Fails when the numbers are not those of this model with so many features.
    init(numbers: [Double], featureCount: Int) throws
    /// Writes a probability, from 0 to 1, for each row of `features`, a column for each feature. A row alone gives what it gives among others.
    func predict(_ features: [UnsafeBufferPointer<Double>], into probabilities: UnsafeMutableBufferPointer<Double>) throws
}

extension Model {
    public static var parameters: [Parameter] { [] }
}

/// The rows that a model is fitted to, in the order of entities, then time. Features are finite, labels 0 or 1, of each at least one.
public struct Samples {
    /// Rows that are in memory at a time.
    private static let blockRows = 16_384

    /// Copies rows from a first one on into columns of features and one of labels.
    public typealias Read = (
        _ first: Int, _ count: Int, _ features: [UnsafeMutablePointer<Double>], _ labels: UnsafeMutablePointer<Double>
    ) throws -> Void

    public let rowCount: Int
    public let featureNames: [String]
    private let read: Read
    private let isCancelled: () -> Bool

    public init(rowCount: Int, featureNames: [String], isCancelled: @escaping () -> Bool, read: @escaping Read) {
        self.rowCount = rowCount
        self.featureNames = featureNames
        self.isCancelled = isCancelled
        self.read = read
    }

    /// Rows in memory, for tests.
    public init(features: [[Double]], labels: [Double]) {
        self.init(rowCount: labels.count, featureNames: features.indices.map { "x\($0)" }, isCancelled: { false }) {
            first, count, columns, labelColumn in
            for row in 0..<count {
                for feature in features.indices { columns[feature][row] = features[feature][first + row] }
                labelColumn[row] = labels[first + row]
            }
        }
    }

    /// Calls `body` with all rows in order, a block at a time, `features[feature][row]`. Stops when the fit is no longer wanted.
    public func forEachBlock(
        _ body: (_ features: [UnsafeBufferPointer<Double>], _ labels: UnsafeBufferPointer<Double>) throws -> Void
    ) throws {
        let size = min(rowCount, Self.blockRows)
        let columns = (0...featureNames.count).map { _ in UnsafeMutableBufferPointer<Double>.allocate(capacity: size) }
        defer { columns.forEach { $0.deallocate() } }
        for column in columns { column.initialize(repeating: 0) }
        for first in stride(from: 0, to: rowCount, by: max(1, size)) {
            try checkCancellation()
            let count = min(size, rowCount - first)
            try read(first, count, columns.dropLast().map { $0.baseAddress! }, columns.last!.baseAddress!)
            let read = columns.map { UnsafeBufferPointer(start: $0.baseAddress, count: count) }
            try body(Array(read.dropLast()), read.last!)
        }
    }

    /// For fits that compute long between blocks: throws when the fit is no longer wanted.
    public func checkCancellation() throws {
        if isCancelled() { throw PluginError("the fit was stopped") }
    }
}
