import Columnar
package import Language

/// What was entered at one prompt: one statement, or a pasted block of several.
package struct TypedEntry: Sendable, Hashable {
    package let text: String
    /// What messages call the place: `typed`, or `stdin` with the number of the entry's first line there.
    package let place: String
    package let firstLine: Int

    package init(_ text: String, place: String = "typed", firstLine: Int = 1) {
        self.text = text
        self.place = place
        self.firstLine = firstLine
    }
}

/// A statement that was typed and is no part of the notebook.
package struct TypedInput: Sendable, Hashable {
    /// Counts from 1 over the whole session.
    package let number: Int
    package let entry: TypedEntry
    /// The statement in the entry's text.
    package let span: SourceSpan
    package let role: Role

    package enum Role: Sendable, Hashable {
        /// Holds for what is typed later, until it is typed anew.
        case definition(String)
        /// Belongs into a notebook, but defines nothing: an assert, a serve.
        case lasting
        /// Answered once: a pipeline, a show, a plot.
        case once
    }

    /// Its name as a cell; no fence can name a cell so.
    package var cellName: String { "\(Self.cellWord) \(number)" }
    private static let cellWord = "typed"

    /// A cell's name before people, to whom the number says nothing.
    package static func shownName(_ cell: String) -> String { cell.hasPrefix(cellWord + " ") ? cellWord : cell }

    package var text: String { entry.text.part(span) }

    /// Where it is a param: its name and the value as it was typed.
    package var typedParameter: (name: String, code: String)? {
        guard case .param(let name, let value)? = Parser.parse(text).statements.first?.kind else { return nil }
        return (name.text, value.code)
    }

    package var definedName: String? { if case .definition(let name) = role { name } else { nil } }
}

extension Statement {
    /// The name it gives a meaning to.
    package var definedName: String? { if case .definition(let name) = role { name } else { nil } }

    var role: TypedInput.Role {
        switch kind {
        case .param(let name, _), .binding(let name, _), .table(let name, _), .model(let name, _): .definition(name.text)
        case .indicator(let head, _): .definition(head.name.text)
        case .use(let plugin): .definition("use \(plugin.text)")
        case .assertion, .serve: .lasting
        default: .once
        }
    }

    /// The value as text where a parameter's value is plain.
    var parameterText: String? {
        guard case .param(_, let value) = kind else { return nil }
        switch value.kind {
        case .literal(.string(let text)): return text
        case .literal(.null): return nil
        case .literal: return value.code
        case .unary(.minus, let number):
            if case .literal = number.kind { return value.code }
            return nil
        case .call(let call) where ["date", "timestamp"].contains(call.name.text) && call.arguments.count == 1:
            if case .literal(.string(let text)) = call.arguments[0].value.kind { return text }
            return nil
        default: return nil
        }
    }
}
