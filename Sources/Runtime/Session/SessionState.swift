import Foundation
import Language

/// All that a session knows, as a value: the notebook with its edits, what was typed, what ran.
///
/// `apply` is its only change: an operation in, a new state and the actions it asks for out. It reads and writes nothing outside.
package struct SessionState: Sendable {
    /// A parameter's value for this session.
    package struct Override: Sendable, Hashable {
        package let text: String
        /// What the notebook wrote when the session set its own.
        package let notebookCode: String
    }

    package private(set) var notebook: NotebookText
    /// Typed statements that hold, in the order in which they are checked.
    package private(set) var inputs: [TypedInput] = []
    package private(set) var overrides: [String: Override] = [:]
    /// What came of cells that ran in this session, by name.
    package private(set) var runs: [String: CellRun] = [:]
    /// The cell that ran last or was gone to.
    package private(set) var position: String?
    /// Whether it is to run next; otherwise that is the one behind it.
    private var isToRun = false
    private var inputCount = 0

    package init(_ notebook: NotebookText = NotebookText()) { self.notebook = notebook }

    package var parameterTexts: [String: String] { overrides.mapValues(\.text) }

    /// The text to check.
    package var text: SessionText { SessionText(notebook, inputs) }

    /// The notebook with its edits, and what was typed and defines something as a further cell.
    package var wholeText: String {
        guard inputs.contains(where: { $0.definedName != nil }) else { return notebook.text }
        var whole = self
        whole.inputs.removeAll { $0.definedName == nil }
        _ = try? whole.apply(.keep(name: nil))
        return whole.notebook.text
    }

    /// The cell to run next.
    package var nextCell: String? {
        let names = notebook.cellNames
        guard let position, let index = names.firstIndex(of: position) else { return names.first }
        return isToRun ? position : names.dropFirst(index + 1).first
    }

    package mutating func apply(_ operation: SessionOperation) throws(SessionFault) -> [SessionAction] {
        switch operation {
        case .enter(let entry, let atEnd): return try enter(entry, atEnd: atEnd)
        case .override(let name, let text): return try override(name, text)
        case .unset(let name): return try unset(name)
        case .edit(let cell, let code):
            try notebook.replace(codeOf: cell, with: code)
            return [.check]
        case .add(let cell, let code, let behind):
            try notebook.insert(cell: cell, code: code, behind: behind)
            position = behind ?? position
            return [.check]
        case .keep(let name): return try keep(as: name)
        case .reread(let text): return reread(text)
        case .saved(let path):
            notebook.saved(as: path)
            return []
        case .move(let cell):
            guard notebook.cell(cell) != nil else { throw .unknownCell(cell, known: notebook.cellNames) }
            (position, isToRun) = (cell, true)
            return []
        case .ran(let cell, let run):
            runs[cell] = run
            if notebook.cell(cell) != nil { (position, isToRun) = (cell, false) }
            return []
        case .forgetAnswered:
            inputs.removeAll { $0.role == .once }
            return []
        }
    }

    // MARK: Typing

    private mutating func enter(_ entry: TypedEntry, atEnd: Bool) throws(SessionFault) -> [SessionAction] {
        var actions: [SessionAction] = []
        var toRun: [String] = []
        for statement in Parser.parse(entry.text).statements {
            if case .param(let name, _) = statement.kind, parameterCodes[name.text] != nil {
                guard let text = statement.parameterText else { throw .parameterNotLiteral(name.text) }
                actions += try override(name.text, text).filter { $0 != .check }
            } else if case .definition(let name) = statement.role, let place = definition(of: name) {
                let code = entry.text.part(statement.span)
                if notebook.text.part(place.span) != code {
                    try notebook.replace(place.span, of: place.cell, with: code)
                    actions.append(.note(.definitionChanged(name, cell: place.cell)))
                }
                if statement.makesSomething, !toRun.contains(place.cell) { toRun.append(place.cell) }
            } else {
                let input = add(statement, of: entry, atEnd: atEnd)
                toRun.append(input.cellName)
            }
        }
        return [.check] + actions + (toRun.isEmpty ? [] : [.run(toRun)])
    }

    /// A definition typed anew takes the place of the earlier one.
    private mutating func add(_ statement: Statement, of entry: TypedEntry, atEnd: Bool) -> TypedInput {
        inputCount += 1
        let input = TypedInput(number: inputCount, entry: entry, span: statement.span, role: statement.role)
        if let name = input.definedName, let index = inputs.firstIndex(where: { $0.definedName == name }) {
            inputs.remove(at: index)
            inputs.insert(input, at: atEnd ? inputs.count : index)
        } else {
            inputs.append(input)
        }
        return input
    }

    /// Where the notebook defines a name.
    private func definition(of name: String) -> (cell: String, span: SourceSpan)? {
        for cell in Parser.parse(notebook.notebook).0.cells {
            if let statement = cell.statements.first(where: { $0.role == .definition(name) }) { return (cell.name, statement.span) }
        }
        return nil
    }

    // MARK: Parameters

    /// What the notebook writes for each parameter, in its order.
    package var parameters: [(name: String, code: String)] {
        Parser.parse(notebook.notebook).0.cells.flatMap(\.statements).compactMap { statement in
            guard case .param(let name, let value) = statement.kind else { return nil }
            return (name.text, value.code)
        }
    }

    private var parameterCodes: [String: String] {
        Dictionary(parameters.map { ($0.name, $0.code) }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func override(_ name: String, _ text: String) throws(SessionFault) -> [SessionAction] {
        let codes = parameterCodes
        guard let code = codes[name] else { throw .unknownParameter(name, known: codes.keys.sorted()) }
        overrides[name] = Override(text: text, notebookCode: code)
        return [.check, .note(.parameterSet(name, to: text, notebook: code))]
    }

    private mutating func unset(_ name: String) throws(SessionFault) -> [SessionAction] {
        guard parameterCodes[name] != nil else { throw .unknownParameter(name, known: parameterCodes.keys.sorted()) }
        guard overrides.removeValue(forKey: name) != nil else { throw .notOverridden(name) }
        return [.check, .note(.parameterUnset(name, notebook: parameterCodes[name] ?? ""))]
    }

    // MARK: Cells

    /// What was typed and belongs into a notebook becomes a cell at its end.
    private mutating func keep(as name: String?) throws(SessionFault) -> [SessionAction] {
        let kept = inputs.filter { $0.role != .once }
        guard !kept.isEmpty else { throw .nothingToKeep }
        let name = name ?? notebook.freeCellName
        let run = kept.compactMap { runs[$0.cellName] }.last
        try notebook.insert(cell: name, code: kept.map(\.text).joined(separator: "\n"), behind: nil)
        inputs.removeAll { $0.role != .once }
        if kept.count == 1, let run { runs[name] = run }
        return [.check, .note(.kept(kept.count, cell: name))]
    }

    /// The file's text takes over; what was typed stays as far as the file does not say it itself.
    private mutating func reread(_ text: String) -> [SessionAction] {
        notebook.reread(text)
        var actions: [SessionAction] = [.check]
        let codes = parameterCodes
        for (name, override) in overrides.sorted(by: { $0.key < $1.key }) {
            guard let code = codes[name] else {
                overrides[name] = nil
                actions.append(.note(.parameterGone(name)))
                continue
            }
            guard code != override.notebookCode else { continue }
            overrides[name] = Override(text: override.text, notebookCode: code)
            actions.append(.note(.parameterChanged(name, from: override.notebookCode, to: code, kept: override.text)))
        }
        let taken = inputs.compactMap(\.definedName).filter { definition(of: $0) != nil }
        if !taken.isEmpty {
            inputs.removeAll { $0.definedName.map(taken.contains) ?? false }
            actions.append(.note(.nowInNotebook(taken)))
        }
        return actions
    }
}

extension NotebookText {
    /// `cell-N`, the first that is free.
    fileprivate var freeCellName: String {
        (cellNames.count + 1...cellNames.count * 2 + 1).lazy.map { "cell-\($0)" }.first { !self.cellNames.contains($0) }!
    }
}

extension Statement {
    /// Whether running it does something; other statements only say what names mean.
    var makesSomething: Bool {
        switch kind {
        case .param, .binding, .indicator, .use, .invalid: false
        default: true
        }
    }
}
