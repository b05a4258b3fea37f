/// The tree as nested lists without spans: equal descriptions mean equal trees. `explain --stage tree` prints it.
extension SyntaxTree: CustomStringConvertible {
    package var description: String { cells.map(\.description).joined(separator: "\n") }
}

extension CellSyntax: CustomStringConvertible {
    package var description: String {
        (["(cell \(name)"] + statements.map { "\n" + indented($0.description) }).joined() + ")"
    }

    private func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    }
}

extension Statement: CustomStringConvertible {
    package var description: String {
        switch kind {
        case .param(let name, let value): "(param \(name.code) \(value))"
        case .binding(let name, let pipeline): "(let \(name.code)\(pipeline.lines))"
        case .indicator(let head, let body): "(indicator \(head)\n  \(body))"
        case .use(let name): "(use \(name.code))"
        case .table(let name, let pipeline): "(table \(name.code)\(pipeline.lines))"
        case .assertion(let call): "(assert \(call.arguments.map(\.description).joined(separator: "\n  ")))"
        case .model(let name, let pipeline): "(model \(name.code)\(pipeline.lines))"
        case .show(let pipeline, let format): "(show\(pipeline.lines)\(format.map { "\n  as \($0.code)" } ?? ""))"
        case .plot(let pipeline, let file): "(plot\(pipeline.lines)\(file.map { "\n  to \($0)" } ?? ""))"
        case .serve(let name, nil): "(serve \(name.code))"
        case .serve(let name, let port?): "(serve \(name.code) \(port))"
        case .pipeline(let pipeline): "(pipeline\(pipeline.lines))"
        case .invalid(let name): "(invalid\(name.map { " " + $0.code } ?? ""))"
        }
    }
}

extension Pipeline: CustomStringConvertible {
    package var description: String { "(pipeline " + ([source.description] + verbs.map(\.description)).joined(separator: " ") + ")" }

    /// The source and each verb on a line of its own.
    fileprivate var lines: String { ([source.description] + verbs.map(\.description)).map { "\n  " + $0 }.joined() }
}

extension Call: CustomStringConvertible {
    package var description: String { "(" + (["call", name.code] + arguments.map(\.description)).joined(separator: " ") + ")" }
}

extension Argument: CustomStringConvertible {
    package var description: String { label.map { "\($0.code)=\(value)" } ?? value.description }
}

extension Expression: CustomStringConvertible {
    package var description: String {
        switch kind {
        case .literal(let value): value.code
        case .name(let name): name.code
        case .call(let call): call.description
        case .output(let call, let name): "(output \(call) \(name.code))"
        case .unary(let operation, let operand): "(\(operation.rawValue) \(operand))"
        case .binary(let operation, let left, let right): "(\(operation.rawValue) \(left) \(right))"
        case .list(let items): "[\(items.map(\.description).joined(separator: " "))]"
        case .pipeline(let pipeline): pipeline.description
        }
    }
}
