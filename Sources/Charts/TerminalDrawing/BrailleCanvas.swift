/// Dots, two by four to a cell, as the Braille patterns of Unicode (block U+2800) have them.
struct BrailleCanvas {
    private let columns: Int
    private let rows: Int
    private var dots: [UInt8]
    private var paints: [Paint?]
    private var symbols: [Character?]

    var width: Int { columns * 2 }
    var height: Int { rows * 4 }

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        dots = [UInt8](repeating: 0, count: columns * rows)
        paints = [Paint?](repeating: nil, count: columns * rows)
        symbols = [Character?](repeating: nil, count: columns * rows)
    }

    private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    /// A dot, or a symbol that has the cell for itself.
    mutating func draw(x: Int, y: Int, _ paint: Paint, as symbol: Character? = nil) {
        guard x >= 0, x < width, y >= 0, y < height else { return }
        let cell = y / 4 * columns + x / 2
        dots[cell] |= Self.bits[y % 4][x % 2]
        paints[cell] = paint
        symbols[cell] = symbol
    }

    /// Every dot between two, by Bresenham's algorithm; of a pattern, those whose column is set in it.
    mutating func drawLine(from: (x: Int, y: Int), to: (x: Int, y: Int), pattern: LinePattern, _ paint: Paint) {
        let (across, down) = (abs(to.x - from.x), -abs(to.y - from.y))
        let (right, below) = (from.x < to.x ? 1 : -1, from.y < to.y ? 1 : -1)
        var (x, y, error) = (from.x, from.y, across + down)
        while true {
            if pattern.isDrawn(x: x, y: y) { draw(x: x, y: y, paint) }
            if x == to.x, y == to.y { return }
            let doubled = 2 * error
            if doubled >= down {
                error += down
                x += right
            }
            if doubled <= across {
                error += across
                y += below
            }
        }
    }

    var cells: [[DrawnCell]] {
        (0..<rows).map { row in
            (0..<columns).map { column in
                let bits = dots[row * columns + column]
                if let symbol = symbols[row * columns + column] {
                    return DrawnCell(character: symbol, paint: paints[row * columns + column])
                }
                guard bits != 0 else { return DrawnCell() }
                return DrawnCell(character: Character(Unicode.Scalar(0x2800 + UInt32(bits))!), paint: paints[row * columns + column])
            }
        }
    }
}
