package import Columnar
package import Language

/// A streaming fold over the rows of one entity in time order.
///
/// Invariants:
/// 1. Any split of the rows into calls of `update` gives the same bits.
/// 2. `restore(save())`, at any row, in a fresh kernel of the same definition and parameters, changes nothing.
/// 3. A function with a look-ahead of `a` rows appends, at its row `j`, the result of row `j − a`; what it appends for its
///    first `a` rows is dropped and the last `a` rows of an entity are null. `SeriesStage` sees to both.
package protocol SeriesKernel: AnyObject {
    /// Folds in the rows `range` of `inputs`, one column per series argument, and appends `range.count` results to each of `outputs`,
    /// one per result of the function.
    func update(_ inputs: [Column], _ range: Range<Int>, into outputs: [SeriesOutput]) throws

    /// What has to be known of the rows so far, in the same bytes for the same rows.
    func save() -> [UInt8]

    /// Takes up a saved state; throws `SeriesFault.damagedState` when the bytes are not one of this kernel's.
    func restore(_ state: [UInt8]) throws

    /// Forgets every row: the next entity begins.
    func reset()
}

/// What the checker knows of a function of series, together with what computes it.
package struct SeriesDefinition: Sendable {
    package let function: SeriesFunction
    /// From the types of the series arguments and the parameters' values in their declared order; throws `SeriesFault`.
    package let makeKernel: @Sendable ([DataType], [Value]) throws -> any SeriesKernel

    package init(function: SeriesFunction, makeKernel: @escaping @Sendable ([DataType], [Value]) throws -> any SeriesKernel) {
        self.function = function
        self.makeKernel = makeKernel
    }
}
