import Columnar
import DeltaTable
import Engine
import Language
import Planner
import Synchronization

/// Reads one source file through the row-wise stages of a plan.
struct FileReading {
    let making: TableMaking
    let source: FileSource
    let new: IngestionPlan.NewFile
    let stages: ArraySlice<PlanStage>
    private static let unreadablePrefix = "unreadable: "

    /// Passes the rows on, sets aside what is to be set aside, and returns how many rows the file gave in all.
    func read(into made: inout TableMaking.Made, _ body: (RecordBatch) throws -> Void) throws -> Int {
        var passed = 0
        var failures: [RuleFailures] = []
        var lines: [PlanExecutor.UnreadableLine] = []
        let parts = try FileParts(path: new.file.absolutePath, source: source, executor: making.executor { _ in }) {
            try PartReading($0, making: making, plan: plan, stages: stages)
        }
        while let part = try parts.next() {
            do {
                while let batch = try part.stream.next() {
                    try making.context.provider.checkCancellation()
                    try body(batch)
                    passed += batch.count
                    making.context.progress.count(batch.count)
                }
            } catch RunFault.brokenRequirement(var broken) {
                broken.place = BrokenRequirement.Place(path: new.file.path, line: try firstBrokenLine())
                broken.mayBeMore = parts.hasMore
                throw RunFault.brokenRequirement(broken)
            }
            failures += part.failures
            lines += part.unreadable
        }
        let unreadable = try rejected(lines)
        if let first = unreadable.first, !setsAside || passed == 0 && failures.isEmpty {
            throw RunFault.unreadableLines(
                path: new.file.path, count: unreadable.count, line: first.line!, text: first.text,
                reason: String(first.rule.dropFirst(Self.unreadablePrefix.count)), all: passed == 0)
        }
        let rejected = try brokenRules(failures, skipping: Set(unreadable.compactMap(\.line)))
        try made.rejects.add((unreadable + rejected).sorted { ($0.line ?? 0) < ($1.line ?? 0) }, source: new.sha256)
        made.rowsWarned += failures.filter { $0.step.onFailure == .warn }.reduce(0) { $0 + $1.count }
        return passed + unreadable.count + rejected.count
    }

    /// The plan with dates in ISO form where no other is named: what the engine takes one file's form to be may differ from another's.
    private var plan: PipelinePlan {
        guard case .files(let files, let columns) = making.plan.source, files.format == .csv, files.options.dateFormat == nil else {
            return making.plan
        }
        var plan = making.plan
        var options = files.options
        options.dateFormat = "%Y-%m-%d"
        plan.source = .files(FileSource(format: files.format, glob: files.glob, options: options, schema: files.schema), columns: columns)
        return plan
    }

    /// Unreadable lines in the words of the notebook's author; alike reasons are put into words once.
    private func rejected(_ lines: [PlanExecutor.UnreadableLine]) throws -> [RejectedRow] {
        var words: [String: String] = [:]
        return try lines.map { line in
            if line.line.isMultiple(of: 1024) { try making.context.provider.checkCancellation() }
            let reason = words[line.reason] ?? EngineWords.ofLine(line.reason)
            words[line.reason] = reason
            return RejectedRow(file: new.file.path, line: line.line, text: line.text, rule: "unreadable: \(reason)")
        }
    }

    /// Whether the notebook wants what doesn't fit to be set aside.
    private var setsAside: Bool {
        stages.contains { if case .require(let step) = $0 { step.onFailure == .reject } else { false } }
    }

    /// The file's rows that broke a rule, with their lines: found by a second reading, which only a file with such rows needs.
    private func brokenRules(_ failures: [RuleFailures], skipping unreadable: Set<Int>) throws -> [RejectedRow] {
        var broken: [Int: String] = [:]
        for step in Set(failures.map(\.step)) where step.onFailure == .reject {
            let requirement = stages.firstIndex { if case .require(let other) = $0 { other == step } else { false } }!
            try broken.merge(ordinals(ofRowsBreaking: step, in: stages[..<requirement])) { first, _ in first }
        }
        guard !broken.isEmpty else { return [] }
        guard source.format == .csv else {
            return broken.sorted { $0.key < $1.key }.map { RejectedRow(file: new.file.path, line: $0 + 1, text: "row \($0 + 1)", rule: $1) }
        }
        let lines = RecordLines(path: new.file.absolutePath, quote: (source.options.quote ?? "\"").utf8.first ?? 0)
        let records = try lines.records(Set(broken.keys), hasHeader: source.options.header ?? true, skipping: unreadable)
        return broken.map { ordinal, rule in
            RejectedRow(file: new.file.path, line: records[ordinal]?.line, text: records[ordinal]?.text ?? "", rule: rule)
        }
    }

    /// The line of the first row that breaks a rule which ends the run, where lines can be told.
    private func firstBrokenLine() throws -> Int? {
        guard source.format == .csv else { return nil }
        let unreadable = Mutex<[Int]>([])
        let ordinals = try stages.indices.compactMap { index -> Int? in
            guard case .require(let step) = stages[index], step.onFailure == .fail else { return nil }
            return try self.ordinals(ofRowsBreaking: step, in: stages[..<index], firstOnly: true) { lines in
                unreadable.withLock { $0 = lines.map(\.line) }
            }.keys.first
        }
        guard let first = ordinals.min() else { return nil }
        let lines = RecordLines(path: new.file.absolutePath, quote: (source.options.quote ?? "\"").utf8.first ?? 0)
        let hasHeader = source.options.header ?? true
        return try lines.records([first], hasHeader: hasHeader, skipping: Set(unreadable.withLock { $0 }))[first]?.line
    }

    /// The places in the file, from 0, of rows that break a rule, and the rule; or of the first such row alone.
    private func ordinals(
        ofRowsBreaking step: RequireStep, in stages: ArraySlice<PlanStage>, firstOnly: Bool = false,
        receiveUnreadable: @escaping ([PlanExecutor.UnreadableLine]) -> Void = { _ in }
    ) throws -> [Int: String] {
        let number = "__row"
        let carrying = stages.map { $0.carrying(Field(number, .int)) }
        var executor = making.executor { _ in }
        executor.file = PlanExecutor.OneFile(part: .file(new.file.absolutePath), receiveUnreadable: receiveUnreadable)
        let (rows, _) = try executor.stream([][...], fromSourceOf: plan)
        let (stream, _) = try executor.stream(carrying[...], from: NumberedStream(input: rows, column: number))
        var found: [Int: String] = [:]
        while let batch = try stream.next() {
            let (rules, numbers) = (batch.column(step.ruleColumn)!, batch.column(number)!)
            for row in 0..<batch.count {
                guard !firstOnly || found.isEmpty else { break }
                guard case .int(let rule) = rules[row], rule != 0, case .int(let ordinal) = numbers[row] else { continue }
                found[Int(ordinal)] = step.rules[Int(rule) - 1]
            }
        }
        return found
    }
}
