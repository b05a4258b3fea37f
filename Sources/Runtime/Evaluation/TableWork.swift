package import Columnar
import DeltaTable
import Language

/// What bringing a table up to date comes to: how much is read and written. Foretold by a plan, counted after a run.
package struct TableWork: Sendable, Hashable {
    package enum Extent: Sendable, Hashable {
        case nothing
        /// All rows; with the reason where only some of the input had changed.
        case whole(because: String?)
        /// Rows of some entities; how many is known after a run only.
        case changes(entities: Int, rows: Int?)
    }

    package var extent: Extent
    /// The first and the last time of rows that are made again, where entities are counted.
    package var first: Value?
    package var last: Value?
    /// The window that changes go through, in rows.
    package var lookBack = 0
    package var lookAhead = 0
    /// Entities that go on from saved states; nil where look-back and look-ahead are read instead.
    package var entitiesResumed: Int?
    /// Data files, or source files, of those there are.
    package var filesRead = 0
    package var filesPresent = 0
    package var partitionsWritten = 0
    /// Data files that make way for new ones.
    package var filesReplaced = 0

    package init(_ extent: Extent) { self.extent = extent }
}

extension TableWork {
    mutating func note(resumed count: Int?) {
        guard let count else { return }
        entitiesResumed = count
        (lookBack, lookAhead) = (0, 0)
    }

    /// Notes the times that ranges span, as far as they have ends.
    mutating func note(times ranges: EntityRanges, type: DataType?) {
        guard let span = ranges.span, let type else { return }
        if span.lowerBound != .min { first = Value(timeNumber: span.lowerBound, type: type) }
        if span.upperBound != .max { last = Value(timeNumber: span.upperBound, type: type) }
    }
}
