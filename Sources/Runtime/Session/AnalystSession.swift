import Engine
package import Language

/// An analyst at work in a workspace: reads the notebook and checks it, runs cells one after another, tells what came of them.
///
/// Invariants:
/// 1. `state` changes by `SessionState.apply` only; what is refused leaves it as it was.
/// 2. The notebook's file is read and written through `NotebookFile` alone, and never written over another's change.
package final class AnalystSession {
    package enum Event {
        /// Cells are about to run; the prerequisites among them were not asked for.
        case starting(cells: [String], prerequisites: [String])
        case running(NotebookRunner.Event, SessionCheck)
        case note(String)
    }

    package internal(set) var state: SessionState
    package let context: RunContext
    let functions: FunctionLibrary
    let catalog: SessionCatalog
    let words: (any Error) -> String
    let report: (Event) throws -> Void
    /// The prediction servers that run beside the session.
    package var servers: () -> [RunningServer] = { [] }
    private var lastCheck: (overrides: [String: String], check: SessionCheck)?
    /// A change of the file that was told already and waits for the analyst's word.
    var announced: NotebookFile.Change?

    /// `words` says what an error is called before people; `report` is told what happens, as it happens.
    package init(
        context: RunContext, functions: FunctionLibrary, words: @escaping (any Error) -> String, report: @escaping (Event) throws -> Void
    ) {
        self.context = context
        self.functions = functions
        self.words = words
        self.report = report
        catalog = SessionCatalog(context: context)
        state = SessionState()
    }

    /// Reads the notebook; whether it is right is seen when it is checked.
    package func open(_ path: String) throws {
        state = SessionState(NotebookText(path: path, text: try NotebookFile(path: path).read()))
    }

    // MARK: Checking

    /// The session's text, checked; the same text is not checked twice unless `afresh`, when the world may have changed.
    package func check(afresh: Bool = false) throws -> SessionCheck {
        if !afresh, let lastCheck, lastCheck.check.text == state.text, lastCheck.overrides == state.parameterTexts {
            return lastCheck.check
        }
        return try check(state)
    }

    func check(_ state: SessionState) throws -> SessionCheck {
        let check = SessionCheck(
            state.text, of: state.notebook, catalog: catalog, functions: functions, overrides: state.parameterTexts)
        // What an interrupted check found is not what is there.
        try context.provider.checkCancellation()
        try context.checkLogs(for: check.loaded.diagnostics)
        lastCheck = (state.parameterTexts, check)
        return check
    }

    /// The check there is, for those who must not wait; nil before the first.
    package var knownCheck: SessionCheck? { lastCheck?.check }

    package func survey(_ check: SessionCheck) -> [CellSurvey] {
        NotebookSurvey(check: check, state: state, context: context, servers: Set(servers()), words: words).cells()
    }

    // MARK: Operations

    package func apply(_ operation: SessionOperation) throws { try perform(state.apply(operation)) }

    func perform(_ actions: [SessionAction]) throws {
        for action in actions {
            switch action {
            case .check: continue
            case .note(let notice): try report(.note("\(notice)"))
            case .run(let names):
                let cells = names.filter { state.notebook.cell($0) != nil }
                if !cells.isEmpty { try run(.cells(cells)) }
                for name in names where !cells.contains(name) { try run(typed: name) }
            }
        }
    }

    /// Checks what was typed in the notebook's context, and runs it; what has a mistake leaves no trace.
    package func enter(_ entry: TypedEntry) throws {
        let (statements, mistakes) = Parser.parse(entry.text)
        guard mistakes.isEmpty else { throw SessionMistakes(mistakes, SessionText(typed: entry)) }
        guard !statements.isEmpty else { return }
        let before = lastCheck?.check.notebookMistakes.count ?? 0
        let (candidate, actions) = try accepted(entry)
        state = candidate
        defer { _ = try? state.apply(.forgetAnswered) }
        try noteBrokenCells(before, actions)
        try perform(actions)
    }

    /// A definition of the notebook that was typed anew may be right itself and break what reads it.
    private func noteBrokenCells(_ before: Int, _ actions: [SessionAction]) throws {
        guard actions.contains(where: { if case .note = $0 { true } else { false } }) else { return }
        let mistakes = try check().notebookMistakes.count
        if mistakes > before {
            try report(.note("the notebook has \(counted(mistakes, "mistake")) now; :check shows \(mistakes == 1 ? "it" : "them")"))
        }
    }

    /// The state with the entry in it. A definition typed anew stands where the old one stood, so that what reads it goes on, unless it
    /// needs what was typed since.
    private func accepted(_ entry: TypedEntry) throws -> (SessionState, [SessionAction]) {
        var first: SessionMistakes?
        for atEnd in [false, true] {
            var candidate = state
            let actions = try candidate.apply(.enter(entry, atEnd: atEnd))
            let check = try check(candidate)
            let mistakes = self.mistakes(of: entry, in: candidate, actions, check)
            guard let mistakes else { return (candidate, actions) }
            first = first ?? mistakes
        }
        lastCheck = nil
        throw first!
    }

    private func mistakes(
        of entry: TypedEntry, in candidate: SessionState, _ actions: [SessionAction], _ check: SessionCheck
    ) -> SessionMistakes? {
        // A value that does not fit is the typed line's mistake, though the parameter stands in the notebook.
        for diagnostic in check.loaded.diagnostics {
            guard case .check(.overrideType(let name, _, _)) = diagnostic.problem, candidate.overrides[name] != state.overrides[name]
            else { continue }
            let place = Parser.parse(entry.text).statements.last { $0.definedParameter == name }
            return SessionMistakes([Diagnostic(diagnostic.problem, at: place?.span ?? SourceSpan(0, 0))], SessionText(typed: entry))
        }
        let old = Set(state.inputs)
        let typed = candidate.inputs.filter { !old.contains($0) }.map(\.cellName)
        let changed = actions.flatMap { action -> [String] in
            if case .note(.definitionChanged(_, let cell)) = action { [cell] } else { [] }
        }
        let found = (typed + changed).flatMap(check.mistakes(concerning:))
        return found.isEmpty ? nil : SessionMistakes(found, check.text)
    }
}

/// Mistakes that keep something from running, in a text of the session.
package struct SessionMistakes: Error {
    package let diagnostics: [Diagnostic]
    package let text: SessionText

    init(_ diagnostics: [Diagnostic], _ text: SessionText) {
        var seen: Set<Diagnostic> = []
        self.diagnostics = diagnostics.filter { seen.insert($0).inserted }
        self.text = text
    }
}

/// A statement that began and could not end.
package struct SessionFailure: Error {
    package let fault: any Error
    package let text: SessionText
    /// What the session can do about it.
    package let hint: String?

    /// Someone ended it.
    package var isInterruption: Bool {
        switch (fault as? StatementFault)?.underlying ?? fault {
        case RunFault.interrupted, EngineFault.cancelled: true
        default: false
        }
    }
}

extension SessionText {
    /// An entry that stands alone.
    init(typed entry: TypedEntry) { self.init(Part(start: 0, path: entry.place, text: entry.text, firstLine: entry.firstLine)) }
}

extension Statement {
    fileprivate var definedParameter: String? { if case .param(let name, _) = kind { name.text } else { nil } }
}
