import Columnar
import Language
import Planner

/// Passes on rows that meet every rule, without the rule column; counts and reports the others.
final class RequiringStream: RecordBatchStream {
    let schema: Schema
    private let input: any RecordBatchStream
    private let ruleColumn: Int
    /// Rows of tables are set aside by their text; those of files are read again.
    private let keepsText: Bool
    private let onFailure: RequirementFailure
    private let report: (RuleFailures) -> Void
    private var failures: RuleFailures
    private static let examples = 5

    /// `report` is called once, at the end of the input, when rows failed that were rejected or warned of.
    init(input: any RecordBatchStream, step: RequireStep, keepsText: Bool, report: @escaping (RuleFailures) -> Void) {
        self.input = input
        self.report = report
        ruleColumn = input.schema.index(of: step.ruleColumn)!
        schema = Schema(input.schema.fields.filter { $0.name != step.ruleColumn })
        self.keepsText = keepsText && step.onFailure == .reject
        onFailure = step.onFailure
        failures = RuleFailures(step: step)
    }

    func next() throws -> RecordBatch? {
        while let batch = try input.next() {
            if let passed = pass(batch) { return passed }
        }
        try finish()
        return nil
    }

    private func pass(_ batch: RecordBatch) -> RecordBatch? {
        let numbers = Array(batch.columns[ruleColumn].ints)
        var columns = batch.columns
        columns.remove(at: ruleColumn)
        let all = RecordBatch(schema: schema, columns: columns, count: batch.count)
        guard numbers.contains(where: { $0 != 0 }) else { return all }
        for (row, rule) in numbers.enumerated() where rule != 0 {
            failures.add(rule: Int(rule) - 1, row: keepsText || failures.count < Self.examples ? all.described(row) : nil)
        }
        guard onFailure == .reject else { return all }
        return all.keeping { numbers[$0] == 0 }
    }

    private func finish() throws {
        guard failures.count > 0 else { return }
        if onFailure == .fail {
            throw RunFault.brokenRequirement(
                BrokenRequirement(rule: failures.rows[0].rule, rows: failures.count, examples: failures.rows.map(\.text)))
        }
        report(failures)
        failures = RuleFailures(step: failures.step)
    }
}

/// How many rows of one input broke rules, and their text: of all rows where it is wanted, else of the first few.
struct RuleFailures {
    let step: RequireStep
    private(set) var count = 0
    private(set) var rows: [(text: String, rule: String)] = []

    init(step: RequireStep) { self.step = step }

    mutating func add(rule: Int, row: String?) {
        count += 1
        if let row { rows.append((row, step.rules[rule])) }
    }
}

extension RecordBatch {
    /// One row as `symbol = AAPL, date = 2012-03-01`.
    func described(_ row: Int) -> String {
        zip(schema.fields, columns).map { "\($0.name) = \($1[row])" }.joined(separator: ", ")
    }
}
