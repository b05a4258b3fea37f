/// The rows of its entity that a column's value may depend on.
package enum Window: Sendable, Hashable {
    /// From `lookBack` rows before this one to `lookAhead` rows after it; `prev(x, 1)` ends before this row, at -1.
    case finite(lookBack: Int, lookAhead: Int)
    /// Every row before it, through a state that can be saved.
    case recursive(lookAhead: Int)
    /// Any row of the entity.
    case wholeHistory

    package static let row = Window.finite(lookBack: 0, lookAhead: 0)

    /// The rows after this one that the value may depend on; nil when there is no bound.
    package var lookAhead: Int? {
        switch self {
        case .finite(_, let lookAhead), .recursive(let lookAhead): lookAhead
        case .wholeHistory: nil
        }
    }

    /// The window of a value made from one with this window and one with `other`.
    package func union(_ other: Window) -> Window {
        switch (self, other) {
        case (.wholeHistory, _), (_, .wholeHistory): .wholeHistory
        case (.finite(let back, let ahead), .finite(let otherBack, let otherAhead)):
            .finite(lookBack: max(back, otherBack), lookAhead: max(ahead, otherAhead))
        default: .recursive(lookAhead: max(lookAhead!, other.lookAhead!))
        }
    }

    /// The window of a function with this window applied to a series that has the window `inner`.
    package func composed(over inner: Window) -> Window {
        switch (self, inner) {
        case (.wholeHistory, _), (_, .wholeHistory): .wholeHistory
        case (.finite(let back, let ahead), .finite(let innerBack, let innerAhead)):
            .finite(lookBack: back + innerBack, lookAhead: ahead + innerAhead)
        default: .recursive(lookAhead: lookAhead! + inner.lookAhead!)
        }
    }

    /// The window widened to hold this row, as a column's window does.
    package var ofColumn: Window { union(.row) }
}

extension Window: CustomStringConvertible {
    package var description: String {
        switch ofColumn {
        case .finite(0, 0): "this row"
        case .finite(let back, 0): "\(back) back"
        case .finite(0, let ahead): "\(ahead) ahead"
        case .finite(let back, let ahead): "\(back) back, \(ahead) ahead"
        case .recursive(0): "recursive"
        case .recursive(let ahead): "recursive, \(ahead) ahead"
        case .wholeHistory: "whole history"
        }
    }
}
