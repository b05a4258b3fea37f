package import Columnar
package import Indicators
import Language

/// Runs one function of series on made-up rows and looks for rules that it breaks.
///
/// The rows are the same in every run. Raw results are compared, in which a look-ahead of `a` rows shifts results `a` rows down.
package struct Conformance {
    private static let rowCount = 300
    private static let guardRows = 16
    private static let longRowCount = 3000
    private static let stateCount = 4000

    private let definition: SeriesDefinition
    private let parameters: [Value]
    private let window: Window

    /// One per set of parameters: the defaults, and shorter and longer windows where they go together. Defaults that don't are a case all
    /// the same, which breaks a rule.
    package static func cases(of definition: SeriesDefinition) -> [Conformance] {
        let function = definition.function
        let usual = usualParameters(of: function)
        let pairs = zip(function.parameters, usual)
        var sets = [usual]
        for other in [pairs.map { $0.halved($1) }, pairs.map { $0.enlarged($1) }]
        where !sets.contains(other) && function.mismatch(other) == nil { sets.append(other) }
        return sets.map { Conformance(definition, $0) }
    }

    /// The defaults; for parameters that must be given, values from 5 on that go together, whether the first must be below the next, above
    /// it, or the same.
    private static func usualParameters(of function: SeriesFunction) -> [Value] {
        let count = Int64(function.parameters.count)
        let guesses: [(Int64) -> Int64] = [{ _ in 5 }, { 5 + $0 }, { 5 + count - $0 }]
        let sets = guesses.map { guess in
            function.parameters.enumerated().map { $1.defaultValue ?? $1.smallest(atLeast: guess(Int64($0))) }
        }
        return sets.first { function.mismatch($0) == nil } ?? sets[0]
    }

    package init(_ definition: SeriesDefinition, _ parameters: [Value]) {
        self.definition = definition
        self.parameters = parameters
        window = definition.function.window(parameters)
    }

    /// The call that is looked at: `sma(x, 14)`.
    package var call: String {
        let arguments = definition.function.inputs.map(\.name) + parameters.map(\.description)
        return "\(definition.function.name)(\(arguments.joined(separator: ", ")))"
    }

    /// The broken ones of these rules, at most one violation each; a function that fails altogether is thrown. Where there is nothing to
    /// run, or running would damage memory, that is the only one. Whether memory is given back shows only while nothing else in the
    /// process takes memory.
    package func violations(of rules: Set<ConformanceRule> = Set(ConformanceRule.allCases)) throws -> [ConformanceViolation] {
        if let (_, expected) = definition.function.mismatch(parameters) { return [violation(.parameters, "it wants \(expected)")] }
        let rows = SampleRows(series: definition.function.inputs.count, count: max(Self.rowCount, 3 * reach), seed: 1)
        if let detail = try bounds(rows) { return [violation(.bounds, detail)] }
        let whole = try run(rows)
        return try ConformanceRule.allCases.filter(rules.contains).compactMap { rule in
            try broken(rule, rows, whole).map { violation(rule, $0) }
        }
    }

    private func violation(_ rule: ConformanceRule, _ detail: String) -> ConformanceViolation {
        ConformanceViolation(rule: rule, call: call, detail: detail)
    }

    private func broken(_ rule: ConformanceRule, _ rows: SampleRows, _ whole: [[Value]]) throws -> String? {
        switch rule {
        case .parameters, .bounds: nil
        case .determinism: compare(whole, try run(rows))
        case .chunks: try chunks(rows, whole)
        case .state: try savedStates(rows, whole)
        case .windowHolds: try window(rows, whole)
        case .windowIsTight: try edges(rows.count)
        case .nulls: try nulls(rows.count)
        case .memory: try leak(rows)
        }
    }

    /// Rows that a raw result reaches back.
    private var reach: Int {
        if case .finite(let back, let ahead) = window { max(0, back + max(0, ahead)) } else { 0 }
    }

    private var isFinite: Bool { if case .finite = window { true } else { false } }

    // MARK: Rules

    /// Rows around those of the results, which must come back as they were.
    private func bounds(_ rows: SampleRows) throws -> String? {
        for count in [0, 1, 7, rows.count] {
            let outputs = makeOutputs(count + 2 * Self.guardRows)
            for output in outputs { output.appendNulls(Self.guardRows) }
            let after = count..<count + Self.guardRows
            let guards = outputs.map { GuardRows($0.position(as: UInt64.self), before: Self.guardRows, after: after) }
            try makeKernel().update(rows.columns, 0..<count, into: outputs)
            // The guards point into the outputs, which must not be let go before.
            let areUntouched = withExtendedLifetime(outputs) { guards.allSatisfy(\.areUntouched) }
            guard areUntouched else { return "a call with \(count) rows writes around its \(count) results" }
        }
        return nil
    }

    private func chunks(_ rows: SampleRows, _ whole: [[Value]]) throws -> String? {
        if let difference = try chunks(rows, whole, sizes: [1, 2, 7, 64]) { return difference }
        // What is kept of many rows may run over, or be moved, later than a few hundred rows on.
        let long = SampleRows(series: definition.function.inputs.count, count: rows.count + Self.longRowCount, seed: 2)
        return try chunks(long, run(long), sizes: [1, 611])
    }

    private func chunks(_ rows: SampleRows, _ whole: [[Value]], sizes: [Int]) throws -> String? {
        for size in sizes {
            let kernel = try makeKernel()
            var results: [[Value]] = []
            for start in stride(from: 0, to: rows.count, by: size) {
                results += try update(kernel, rows, start..<min(start + size, rows.count))
                if size == 7 { results += try update(kernel, rows, start..<start) }
            }
            if let difference = compare(whole, results) { return "in calls of \(size) rows \(difference)" }
        }
        return nil
    }

    private func savedStates(_ rows: SampleRows, _ whole: [[Value]]) throws -> String? {
        for row in Set([0, 1, 2, 3, 50, 51, rows.count / 2, rows.count - 1, rows.count]).sorted() {
            let first = try makeKernel()
            let before = try update(first, rows, 0..<row)
            let state = first.save()
            let second = try makeKernel()
            try second.restore(state)
            guard second.save() == state else { return "a state restored at row \(row) saves other bytes" }
            let after = try update(second, rows, row..<rows.count)
            if let difference = compare(whole, before + after) { return "restored at row \(row) \(difference)" }
            let continued = try update(first, rows, row..<rows.count)
            if let difference = compare(whole, before + continued) { return "after saving at row \(row) \(difference)" }
        }
        return nil
    }

    /// Changed rows, to other numbers and to null, may change only results that reach them.
    private func window(_ rows: SampleRows, _ whole: [[Value]]) throws -> String? {
        for edited in stride(from: 0, to: rows.count, by: max(1, rows.count / 23)) {
            for value in [Double.nan, 1, 1e6] {
                let results = try run(rows.setting(edited, to: value))
                let untouched = isFinite ? (0..<rows.count).filter { $0 < edited || $0 > edited + reach } : Array(0..<edited)
                guard let wrong = untouched.first(where: { bits(results[$0]) != bits(whole[$0]) }) else { continue }
                return wrong < edited
                    ? "row \(edited) changes the result of row \(wrong), before it and beyond the look-ahead"
                    : "row \(edited) changes the result of row \(wrong), and the window says \(window)"
            }
        }
        return nil
    }

    /// Somewhere a change of the first and of the last row that a window holds must show, else the window is declared too wide. The
    /// row itself need not matter.
    private func edges(_ count: Int) throws -> String? {
        guard case .finite(let back, let ahead) = window else { return nil }
        if back > 0, try !shows(after: reach, count) {
            return "no change of the row \(back) before was seen, and the window says \(window)"
        }
        if ahead > 0, try !shows(after: 0, count) { return "no change of the row \(ahead) after was seen, and the window says \(window)" }
        return nil
    }

    /// Whether some change of a row changes the raw result so many rows later.
    private func shows(after distance: Int, _ count: Int) throws -> Bool {
        for seed in UInt64(10)..<30 {
            let rows = SampleRows(series: definition.function.inputs.count, count: count, seed: seed, nullEvery: nil)
            let whole = try run(rows)
            let edited = reach + Int(seed) % 5
            for value in [1e6, -1e6, 101.5, .nan] {
                let results = try run(rows.setting(edited, to: value))
                if bits(results[edited + distance]) != bits(whole[edited + distance]) { return true }
            }
        }
        return false
    }

    private func nulls(_ count: Int) throws -> String? {
        let rows = SampleRows(series: definition.function.inputs.count, count: count, seed: 3, nullEvery: 1)
        let results = try run(rows)
        guard let row = results.firstIndex(where: { $0.contains { !$0.isNull } }) else { return nil }
        return "row \(row) has a result though every row is null"
    }

    /// Memory that many states in turn leave behind.
    private func leak(_ rows: SampleRows) throws -> String? {
        try useStates(rows)
        var growth: [Int] = []
        for _ in 0..<3 {
            let before = ResidentMemory.bytes
            try useStates(rows)
            growth.append(ResidentMemory.bytes - before)
        }
        guard let least = growth.min(), least > Self.stateCount * 48 else { return nil }
        return "\(Self.stateCount) states leave \(least / 1024) KiB behind"
    }

    private func useStates(_ rows: SampleRows) throws {
        for _ in 0..<Self.stateCount / 2 {
            let kernel = try makeKernel()
            _ = try update(kernel, rows, 0..<8)
            try makeKernel().restore(kernel.save())
        }
    }

    // MARK: Running

    private func makeKernel() throws -> any SeriesKernel {
        try definition.makeKernel(definition.function.inputs.map { _ in .double }, parameters)
    }

    private func run(_ rows: SampleRows) throws -> [[Value]] { try update(makeKernel(), rows, 0..<rows.count) }

    private func update(_ kernel: any SeriesKernel, _ rows: SampleRows, _ range: Range<Int>) throws -> [[Value]] {
        let outputs = makeOutputs(range.count)
        try kernel.update(rows.columns, range, into: outputs)
        let columns = outputs.map { $0.finish() }
        return (0..<range.count).map { row in columns.map { $0[row] } }
    }

    private func makeOutputs(_ capacity: Int) -> [SeriesOutput] {
        let type = definition.function.resultType(.double)
        return (0..<max(1, definition.function.outputs.count)).map { _ in SeriesOutput(type: type, capacity: capacity) }
    }

    private func compare(_ left: [[Value]], _ right: [[Value]]) -> String? {
        guard left.count == right.count else { return "there are \(right.count) results for \(left.count) rows" }
        guard let row = left.indices.first(where: { bits(left[$0]) != bits(right[$0]) }) else { return nil }
        return "row \(row) has \(words(right[row])) instead of \(words(left[row]))"
    }

    private func words(_ values: [Value]) -> String { values.map(\.description).joined(separator: ", ") }

    private func bits(_ values: [Value]) -> [UInt64?] {
        values.map { value in
            switch value {
            case .double(let number): number.bitPattern
            case .int(let number): UInt64(bitPattern: number)
            default: nil
            }
        }
    }
}
