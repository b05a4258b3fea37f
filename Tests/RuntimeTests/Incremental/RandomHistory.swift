/// Edits of a folder of price files, the same for the same seed.
struct RandomHistory {
    private var random: SplitMix
    /// The files there are, by name: symbol and day, and the close.
    private(set) var files: [String: [Row]] = [:]
    private var symbols = ["B", "C D", "E%F"]
    private var lastDay: [String: Int] = [:]
    private var fileCount = 0

    struct Row {
        let symbol: String
        let day: Int
        let close: Double
    }

    enum Edit: CaseIterable { case append, late, correct, withdraw, change, newSymbol, several, rename, nothing }

    init(seed: UInt64) {
        random = SplitMix(state: seed)
        for symbol in symbols { lastDay[symbol] = 0 }
        add((0..<3).flatMap { _ in nextDays(of: symbols, count: 15 + Int(random.next() % 10)) })
    }

    /// Makes one edit and says which.
    mutating func edit() -> Edit {
        let edit = Edit.allCases[Int(random.next() % UInt64(Edit.allCases.count))]
        apply(edit)
        return edit
    }

    private mutating func apply(_ edit: Edit) {
        switch edit {
        case .append: add(nextDays(of: random.some(of: symbols), count: 1 + Int(random.next() % 3)))
        case .late: add((0..<2).map { _ in row(of: random.one(of: symbols), day: random.below(lastDay.values.max()!)) })
        case .correct:
            let known = files.values.flatMap(\.self).sorted { ($0.symbol, $0.day) < ($1.symbol, $1.day) }
            let old = random.one(of: known)
            add([row(of: old.symbol, day: old.day)])
        case .withdraw where files.count > 1: files[random.one(of: files.keys.sorted())] = nil
        case .change:
            let name = random.one(of: files.keys.sorted())
            var rows = files[name]!
            let place = random.below(rows.count)
            rows[place] = row(of: rows[place].symbol, day: rows[place].day)
            if rows.count > 2 { rows.remove(at: random.below(rows.count)) }
            files[name] = rows
        case .newSymbol:
            let symbol = ["A", "D=E", "Ö/1", "Z"][random.below(4)]
            if !symbols.contains(symbol) { symbols.append(symbol) }
            lastDay[symbol] = lastDay[symbol] ?? random.below(30)
            add(nextDays(of: [symbol], count: 10))
        case .several: for _ in 0..<3 { apply([.append, .late, .correct, .withdraw, .change][random.below(5)]) }
        case .rename:
            let name = random.one(of: files.keys.sorted())
            files["renamed-\(name)"] = files.removeValue(forKey: name)
        case .withdraw, .nothing: break
        }
    }

    private mutating func add(_ rows: [Row]) {
        fileCount += 1
        // Names do not follow the order of arrival.
        files["\(random.next() % 1000)-\(fileCount).csv"] = random.shuffled(rows)
    }

    private mutating func nextDays(of symbols: [String], count: Int) -> [Row] {
        var rows: [Row] = []
        for symbol in symbols {
            for _ in 0..<count {
                lastDay[symbol]! += 1 + random.below(4)
                rows.append(row(of: symbol, day: lastDay[symbol]!))
            }
        }
        return rows
    }

    private mutating func row(of symbol: String, day: Int) -> Row {
        Row(symbol: symbol, day: day, close: Double(random.below(100_000)) / 7 + 0.01)
    }
}

/// A small generator of known quality (Steele, Lea, Flood: SplitMix64).
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }
    mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

    mutating func some<Element>(of elements: [Element]) -> [Element] {
        let chosen = elements.filter { _ in next() % 2 == 0 }
        return chosen.isEmpty ? elements : chosen
    }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for place in elements.indices.reversed() { elements.swapAt(place, below(place + 1)) }
        return elements
    }
}
