import Columnar
import Indicators
import Language
import Testing

/// Against the formulas of the documentation, computed row by row the obvious way.
struct ReferenceTests {
    static let known: Set<String> = [
        "prev", "next", "change", "diff", "ema", "sma", "sum", "min", "max", "rank", "stddev",
    ]

    @Test(arguments: ConformanceCase.simple.filter { $0.type == .double || $0.type == .int })
    func resultsAgreeWithTheFormula(_ test: ConformanceCase) throws {
        let values = test.randomValues(400, seed: 20)
        let numbers = values.map(number)
        let results = try test.results(values)
        for row in 0..<values.count {
            let expected = Self.formula(test, numbers, row)
            let found = number(results[row])
            if let expected, let found {
                #expect(abs(expected - found) <= 1e-11 * max(1, abs(expected)), "row \(row)")
            } else {
                #expect((expected == nil) == (found == nil), "row \(row)")
            }
        }
    }

    private func number(_ value: Value) -> Double? {
        switch value {
        case .double(let number): number
        case .int(let number): Double(number)
        default: nil
        }
    }

    private static func formula(_ test: ConformanceCase, _ x: [Double?], _ row: Int) -> Double? {
        guard case .int(let length) = test.parameters[0] else { return nil }
        let n = Int(length)
        switch test.name {
        case "prev": return row >= n ? x[row - n] : nil
        case "next": return row + n < x.count ? x[row + n] : nil
        case "change", "diff":
            guard row >= n, let newer = x[row], let older = x[row - n] else { return nil }
            if test.name == "diff" { return newer - older }
            return older == 0 ? nil : newer / older - 1
        case "ema":
            guard x[row] != nil else { return nil }
            let present = x[...row].compactMap { $0 }
            guard present.count >= n else { return nil }
            let seed = present[..<n].reduce(0, +) / Double(n)
            return present[n...].reduce(seed) { average, value in
                2 / Double(n + 1) * value + (1 - 2 / Double(n + 1)) * average
            }
        default:
            let partial = test.parameters.last == .bool(true)
            if test.name == "rank", x[row] == nil { return nil }
            let present = x[max(0, row - n + 1)...row].compactMap { $0 }
            guard partial ? !present.isEmpty : present.count == n else { return nil }
            return statistic(test, present, newest: x[row])
        }
    }

    private static func statistic(_ test: ConformanceCase, _ window: [Double], newest: Double?) -> Double? {
        let count = Double(window.count)
        let mean = window.reduce(0, +) / count
        switch test.name {
        case "sma": return mean
        case "sum": return window.reduce(0, +)
        case "min": return window.min()
        case "max": return window.max()
        case "rank":
            let below = window.filter { $0 < newest! }.count
            let equal = window.filter { $0 == newest! }.count
            return Double(below) + Double(equal + 1) / 2
        default:
            let ddof: Double = test.parameters[1] == .int(1) ? 1 : 0
            guard count > ddof else { return nil }
            return (window.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / (count - ddof)).squareRoot()
        }
    }
}
