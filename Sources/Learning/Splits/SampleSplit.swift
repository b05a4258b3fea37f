/// How rows are parted by time into those a model learns from and those it is judged on; nothing but time decides.
package enum SampleSplit: Sendable, Hashable {
    /// The earliest rows train: a share above 0 and below 1 of them. `embargo` dates before the test period are left out.
    case share(train: Double, embargo: Int)
    case walkForward(WalkForward)

    package var embargo: Int {
        switch self {
        case .share(_, let embargo): embargo
        case .walkForward(let walk): walk.embargo
        }
    }

    package var trainShare: Double? { if case .share(let train, _) = self { train } else { nil } }
}

/// A window of training dates that walks on through time, each time judged on the dates after it. All in dates with rows.
package struct WalkForward: Sendable, Hashable, Codable {
    /// Dates that train; the fewest where the window expands.
    package let train: Int
    package let test: Int
    /// Dates from one test period's start to the next; `test` or more, so that no row is judged twice.
    package let step: Int
    /// Dates left out between training labels and the test period.
    package let embargo: Int
    /// Every window begins at the first date.
    package let expanding: Bool

    package init(train: Int, test: Int, step: Int? = nil, embargo: Int = 0, expanding: Bool = false) {
        self.train = train
        self.test = test
        self.step = step ?? test
        self.embargo = embargo
        self.expanding = expanding
    }
}

/// `{"kind": "share", "train": 0.8, "embargo": 0}` or `{"kind": "walk_forward", "train": 756, …}`.
extension SampleSplit: Codable {
    private enum Kind: String, Codable { case share, walkForward = "walk_forward" }
    private enum Member: String, CodingKey { case kind, train, embargo }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        switch try members.decode(Kind.self, forKey: .kind) {
        case .share:
            self = .share(train: try members.decode(Double.self, forKey: .train), embargo: try members.decode(Int.self, forKey: .embargo))
        case .walkForward: self = .walkForward(try WalkForward(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        switch self {
        case .share(let train, let embargo):
            try members.encode(Kind.share, forKey: .kind)
            try members.encode(train, forKey: .train)
            try members.encode(embargo, forKey: .embargo)
        case .walkForward(let walk):
            try members.encode(Kind.walkForward, forKey: .kind)
            try walk.encode(to: encoder)
        }
    }
}
