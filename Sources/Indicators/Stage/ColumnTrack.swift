import Columnar

/// One column of a stream on its way through a series step: the pieces that someone has yet to read.
///
/// Rows are numbered from the stream's first row, the same in every track.
struct ColumnTrack {
    let type: DataType
    /// The rows appended since the stream's start.
    private(set) var end = 0
    private var pieces: [(start: Int, column: Column)] = []
    /// Pieces at the front that nobody reads any more.
    private var released = 0

    init(type: DataType) { self.type = type }

    mutating func append(_ column: Column) {
        guard column.count > 0 else { return }
        pieces.append((end, column))
        end += column.count
    }

    /// The rows from `start` on, at most to `limit`, that lie in one piece.
    func piece(from start: Int, upTo limit: Int) -> Column {
        let (first, column) = pieces[pieceIndex(of: start)]
        return column.slice(start - first..<min(limit - first, column.count))
    }

    /// The rows `range` as one column: shared when they lie in one piece, else copied.
    func rows(_ range: Range<Int>) -> Column {
        let first = piece(from: range.lowerBound, upTo: range.upperBound)
        if first.count == range.count { return first }
        var builder = ColumnBuilder(type: type, capacity: range.count)
        builder.append(first, 0..<first.count)
        var position = range.lowerBound + first.count
        while position < range.upperBound {
            let next = piece(from: position, upTo: range.upperBound)
            builder.append(next, 0..<next.count)
            position += next.count
        }
        return builder.finish()
    }

    /// Lets go of the rows before `row`.
    mutating func release(before row: Int) {
        while released < pieces.count, pieces[released].start + pieces[released].column.count <= row { released += 1 }
        if released * 2 >= pieces.count {
            pieces.removeFirst(released)
            released = 0
        }
    }

    private func pieceIndex(of row: Int) -> Int {
        var low = released
        var high = pieces.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if pieces[middle].start <= row { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
