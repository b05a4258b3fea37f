/// How lines of one colour, or without colours, are told apart.
enum LinePattern: CaseIterable {
    case solid, dotted, dashed, sparse

    /// With colours another one each time they begin anew.
    static func series(_ index: Int, usesColour: Bool) -> LinePattern {
        allCases[(usesColour ? index / Paint.ofSeries.count : index) % allCases.count]
    }

    func isDrawn(x: Int, y: Int) -> Bool {
        switch self {
        case .solid: true
        case .dotted: (x + y).isMultiple(of: 3)
        case .dashed: (x + y) % 8 < 4
        case .sparse: (x + y).isMultiple(of: 6)
        }
    }

    var sample: String {
        switch self {
        case .solid: "⠒⠒⠒⠒"
        case .dotted: "⠂⠐⠂⠐"
        case .dashed: "⠒⠒⠀⠒"
        case .sparse: "⠂⠀⠀⠂"
        }
    }
}

/// Characters that tell series apart.
enum SeriesSymbol {
    /// Of points without colours.
    static let all = Array("ox+*#@%&abcdefghijklmnpq")
    /// Of points in colour, beside dots, one each time the colours begin anew.
    static let beside = Array("ox+")

    /// Nil where dots do.
    static func ofPoints(_ index: Int, count: Int, usesColour: Bool) -> Character? {
        guard usesColour else { return count > 1 ? all[index % all.count] : nil }
        let cycle = index / Paint.ofSeries.count
        return cycle == 0 ? nil : beside[(cycle - 1) % beside.count]
    }
}

/// Letters along lines that are too many for patterns alone: each line has columns of its own for them, so that none hides another.
struct LineLetters {
    private let count: Int
    private static let letters = Array("abcdefghijklmnopqrstuvwxyz")
    /// Cells between two letters of neighbouring lines.
    private static let step = 3

    /// Nil where patterns or colours tell the lines apart.
    init?(count: Int, usesColour: Bool) {
        guard !usesColour, count > LinePattern.allCases.count else { return nil }
        self.count = count
    }

    func letter(_ index: Int) -> Character { Self.letters[index % Self.letters.count] }

    func isPlace(column: Int, of index: Int) -> Bool { column % (count * Self.step) == index * Self.step + 1 }
}
