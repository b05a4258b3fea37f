import Columnar
import DeltaTable
import Engine
import Language
import Planner

/// Holds what is asserted of a table against its rows: new ones before they are published, others where that was not done.
///
/// Invariant: conditions that a version's commit names hold for all its rows, so that its next version is known to meet them when
/// the new files do.
struct TableAudit {
    let context: RunContext
    let table: String
    let shape: TableShape
    let conditions: [AssertCondition]
    /// Whose statement this is about.
    let cell: String

    /// Nil where nothing is asserted.
    init?(context: RunContext, asserts: [CheckedAssert], cell: String) {
        guard let first = asserts.first else { return nil }
        self.context = context
        table = first.table
        shape = first.shape
        conditions = asserts.flatMap(\.conditions)
        self.cell = cell
    }

    /// What a commit remembers of the conditions that hold.
    var definitions: [String] { Set(conditions.map(\.definition)).sorted() }

    /// Throws where the version that `made` is to become breaks a condition.
    func check(_ made: TableMaking.Made, after current: Snapshot?) throws {
        let removed = Set(made.removes.map(\.path))
        let kept = (current?.files ?? []).filter { !removed.contains($0.path) }.map(AuditedFile.init)
        let files = AuditedFiles(new: made.files.map(AuditedFile.init), kept: kept)
        try check(conditions, files, held: held(by: current), .notPublished(staying: current?.version))
    }

    /// Holds those conditions against a version that its commit does not name, and has a commit name them; returns how many.
    @discardableResult
    func checkPublished() throws -> Int {
        guard let current = try context.snapshots.newest(table) else { throw RunFault.missingInput(table: table) }
        return try checkPublished(current)
    }

    @discardableResult
    func checkPublished(_ current: Snapshot) throws -> Int {
        let held = held(by: current)
        let due = conditions.filter { !held.contains($0.definition) }
        guard !due.isEmpty else { return 0 }
        guard current.schema == shape.schema else { throw RunFault.outdatedTable(table) }
        let files = AuditedFiles(new: current.files.map(AuditedFile.init), kept: [])
        try check(due, files, held: [], .publishedEarlier(current.version))
        try note(current)
        return due.count
    }

    /// The SQL that holds the conditions against the rows of a version.
    func statements(_ snapshot: Snapshot) throws -> [String] {
        let files = snapshot.files.map(AuditedFile.init)
        let searches = searches(conditions, AuditedFiles(new: files, kept: []), held: [])
        return try searches.compactMap { try rows.statement($0.query, $0.files) }
    }

    private func held(by snapshot: Snapshot?) -> Set<String> { Set(snapshot?.lastCommit.record?.asserts ?? []) }

    private var rows: AuditRows { AuditRows(context: context, table: table) }

    /// Whether the version's commit names all conditions, so that they are known to hold.
    func isHeld(by snapshot: Snapshot) -> Bool {
        let held = held(by: snapshot)
        return conditions.allSatisfy { held.contains($0.definition) }
    }

    // MARK: Checking

    private func check(
        _ conditions: [AssertCondition], _ files: AuditedFiles, held: Set<String>, _ consequence: AssertFailure.Consequence
    ) throws {
        var broken: [(condition: AssertCondition, failure: AssertFailure)] = []
        let fail = { (condition: AssertCondition, finding: AssertFailure.Finding, examples: [String]) in
            let failure = AssertFailure(
                table: table, condition: condition.text, finding: finding, examples: examples, consequence: consequence)
            broken.append((condition, failure))
        }
        for search in searches(conditions, files, held: held) {
            for (condition, count) in zip(search.conditions, try counts(search)) where count > 0 {
                fail(condition, condition.finding(count), try examples(condition, search.files))
            }
        }
        for condition in conditions {
            guard case .rowCount(let comparison, let limit) = condition.kind else { continue }
            let count = try rows.count(files.new + files.kept)
            if !comparison.holds(count, limit) { fail(condition, .rowCount(count), []) }
        }
        guard !broken.isEmpty else { return }
        broken.sort { $0.condition.span.start < $1.condition.span.start }
        throw RunFault.mistakes(broken.map { Diagnostic(.brokenAssert($0.failure), at: $0.condition.span) })
    }

    /// A query that counts, of each of some conditions, the rows of some files that break it.
    private struct Search {
        let conditions: [AssertCondition]
        let query: AuditQuery
        let files: [AuditedFile]
    }

    private func searches(_ conditions: [AssertCondition], _ files: AuditedFiles, held: Set<String>) -> [Search] {
        var searches: [Search] = []
        for wasHeld in [true, false] {
            let asked = conditions.filter { $0.rowCondition != nil && held.contains($0.definition) == wasHeld }
            guard !asked.isEmpty else { continue }
            let query = AuditQuery.tally(asked.compactMap(\.rowCondition), of: shape.schema)
            searches.append(Search(conditions: asked, query: query, files: wasHeld ? files.new : files.new + files.kept))
        }
        for condition in conditions {
            guard case .unique(let columns) = condition.kind else { continue }
            let kept = held.contains(condition.definition) ? files.keptThatMayRepeat(columns) : files.kept
            let query = AuditQuery.repeated(columns, of: shape.schema)
            searches.append(Search(conditions: [condition], query: query, files: files.new + kept))
        }
        return searches
    }

    private func counts(_ search: Search) throws -> [Int] {
        do {
            guard let row = try rows.answer(search.query, search.files).first else { return search.conditions.map { _ in 0 } }
            return row.columns.map { if case .int(let count) = $0[0] { Int(count) } else { 0 } }
        } catch {
            guard let overflow = IntOverflow(error), let first = search.conditions.first else { throw error }
            throw StatementFault(cell: cell, span: first.span, underlying: overflow)
        }
    }

    private static let exampleCount = 5

    private func examples(_ condition: AssertCondition, _ files: [AuditedFile]) throws -> [String] {
        let key = shape.key?.columns ?? []
        let first = key + condition.columns.filter { !key.contains($0) }
        let names = first + shape.names.filter { !first.contains($0) }
        let schema = Schema(names.map { Field($0, shape[$0]!.type) })
        let order = key.isEmpty ? [] : names
        let query: AuditQuery
        switch condition.kind {
        case .row(let expression): query = .examples(breaking: expression, of: schema, order: order, limit: Self.exampleCount)
        case .unique(let columns): query = .examples(repeating: columns, of: schema, order: names, limit: Self.exampleCount)
        case .rowCount: return []
        }
        return ExampleRows(try rows.answer(query, files)).lines
    }

    // MARK: Noting

    /// A commit that changes no row and names what holds; where another run changed the table meanwhile, its commit does.
    private func note(_ current: Snapshot) throws {
        guard var record = current.lastCommit.record else { return }
        record.asserts = definitions
        var transaction = Transaction(
            operation: "ASSERT", rule: .replaces(readVersion: current.version), schema: current.schema, partitioning: current.partitioning)
        transaction.configuration = current.configuration
        transaction.record = record
        do {
            _ = try context.workspace.tables.table(table).commit(transaction, from: current)
        } catch DeltaFault.changedSince {
            return
        }
    }
}

extension AssertCondition {
    fileprivate var rowCondition: CheckedExpression? { if case .row(let condition) = kind { condition } else { nil } }

    fileprivate var columns: [String] {
        switch kind {
        case .row(let condition): condition.columns.sorted()
        case .unique(let columns): columns
        case .rowCount: []
        }
    }

    fileprivate func finding(_ count: Int) -> AssertFailure.Finding {
        if case .unique(let columns) = kind { .repeated(count, columns: columns) } else { .rows(count) }
    }
}
