package import Foundation

/// How a cell stands: whether what it makes is what its code and its inputs would make now.
package struct CellSurvey: Sendable, Hashable {
    package enum Standing: Sendable, Hashable {
        case fresh
        case stale(because: String)
        case neverRun
        case failed(String)
        /// It has mistakes of its own.
        case mistaken(count: Int)
        /// It has no meaning because of a mistake in a cell it depends on.
        case blocked
        case notServing
        /// It only says what names mean.
        case definitions
    }

    package let name: String
    package let standing: Standing
    /// The cells that make what it reads, in the notebook's order.
    package let needs: [String]
    package let rows: Int?
    /// The newest version of what it makes: `v3`.
    package let version: String?
    /// When that was made, or when it last ran in this session.
    package let lastRun: Date?

    package init(
        name: String, standing: Standing, needs: [String] = [], rows: Int? = nil, version: String? = nil, lastRun: Date? = nil
    ) {
        self.name = name
        self.standing = standing
        self.needs = needs
        self.rows = rows
        self.version = version
        self.lastRun = lastRun
    }

    /// Whether a run would change or show something.
    package var isOutOfDate: Bool {
        switch standing {
        case .stale, .neverRun, .failed: true
        case .fresh, .mistaken, .blocked, .notServing, .definitions: false
        }
    }

    /// A mistake keeps it from running.
    package var cannotRun: Bool {
        switch standing {
        case .mistaken, .blocked: true
        default: false
        }
    }
}

extension CellSurvey.Standing: CustomStringConvertible {
    package var description: String {
        switch self {
        case .fresh: "fresh"
        case .stale(let reason): "stale: \(reason)"
        case .neverRun: "never run"
        case .failed(let reason): "failed: \(reason.prefix { !$0.isNewline })"
        case .mistaken(let count): counted(count, "mistake")
        case .blocked: "waits for a mistake above to be mended"
        case .notServing: "not serving"
        case .definitions: "definitions"
        }
    }
}

/// A model that a server answers for, and the port that the notebook gives it.
package struct RunningServer: Sendable, Hashable {
    let name: String
    let port: Int

    package init(name: String, port: Int) {
        self.name = name
        self.port = port
    }
}

/// The cells a `:run` is about.
package enum CellSelection: Sendable, Hashable {
    case cells([String])
    case all
    case stale
}

/// The cells to run, in order, and those among them that were not asked for.
package struct RunOrder: Sendable, Hashable {
    package let cells: [String]
    package let prerequisites: [String]

    /// Asked-for cells with what they depend on as far as that is out of date; in the notebook's order.
    package init(_ selection: CellSelection, in survey: [CellSurvey]) throws(SessionFault) {
        guard !survey.isEmpty else { throw .noCells }
        let names = survey.map(\.name)
        let asked: Set<String>
        switch selection {
        case .all: asked = Set(survey.filter { $0.standing != .definitions }.map(\.name))
        case .stale:
            asked = Set(survey.filter(\.isOutOfDate).map(\.name))
            guard !asked.isEmpty else { throw .nothingStale }
        case .cells(let cells):
            for name in cells where !names.contains(name) { throw .unknownCell(name, known: names) }
            asked = Set(cells)
        }
        let byName = Dictionary(survey.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var needed: Set<String> = []
        var open = Array(asked)
        while let next = open.popLast() {
            for need in byName[next]?.needs ?? [] where !asked.contains(need) {
                guard let cell = byName[need], cell.isOutOfDate || cell.cannotRun, needed.insert(need).inserted else { continue }
                open.append(need)
            }
        }
        cells = names.filter { asked.contains($0) || needed.contains($0) }
        prerequisites = names.filter(needed.contains)
    }
}
