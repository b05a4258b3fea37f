/// Lays out expressions at a column: on one line where it fits, otherwise broken and aligned.
///
/// A call that is broken goes on below its first argument: with as many arguments to a line as fit, or one to a line with the
/// `=` below each other where all are named and one calculates something.
///
/// A layout's first line continues the current one; its other lines are whole, with their indentation.
struct CodeLayout {
    static let width = 120

    let code: ExpressionCode

    /// - Parameters:
    ///   - column: where the first line goes on.
    ///   - reserve: how many characters follow the last line.
    func lines(of expression: Expression, column: Int, reserve: Int) -> [String] {
        let flat = code.code(expression)
        if fits(flat, column, reserve) { return [flat] }
        switch expression.kind {
        case .literal, .name: return [flat]
        case .call(let call): return lines(of: call, column: column, reserve: reserve)
        case .output(let call, let name):
            let suffix = "." + name.code
            return suffixed(lines(of: call, column: column, reserve: reserve + TerminalWidth.of(suffix)), suffix)
        case .list(let items): return lines(ofList: items, column: column, reserve: reserve)
        case .pipeline(let pipeline): return lines(of: pipeline, column: column, reserve: reserve)
        case .unary(let operation, let operand):
            let prefix = operation == .not ? "not " : "-"
            let minimum = operation == .not ? BinaryOperator.notPrecedence : Expression.callPrecedence
            return prefixed(prefix, lines(ofOperand: operand, minimum: minimum, column: column + prefix.count, reserve: reserve))
        case .binary(.in, let left, let list):
            let prefix = code.code(left, minimum: BinaryOperator.in.leftMinimum) + " in "
            return prefixed(prefix, lines(of: list, column: column + TerminalWidth.of(prefix), reserve: reserve))
        case .binary(let operation, let left, let right):
            return lines(ofChain: operation, left, right, column: column, reserve: reserve)
        }
    }

    func fits(_ flat: String, _ column: Int, _ reserve: Int) -> Bool {
        column + TerminalWidth.of(flat) + reserve <= CodeLayout.width
    }

    // MARK: - Calls

    func lines(of call: Call, column: Int, reserve: Int) -> [String] {
        let flat = code.code(call)
        if fits(flat, column, reserve) || call.arguments.isEmpty { return [flat] }
        let opening = call.name.code + "("
        let inner = column + TerminalWidth.of(opening)
        if let items = itemsToFill(call, column: inner, reserve: reserve + 1) {
            return filled(opening, items, ")", column: column, reserve: reserve)
        }
        var lines: [String] = []
        for (index, text) in argumentLayouts(call, column: inner, reserve: reserve + 1).enumerated() {
            let isLast = index == call.arguments.count - 1
            lines += prefixed(index == 0 ? opening : spaces(inner), suffixed(text, isLast ? ")" : ","))
        }
        return lines
    }

    /// The arguments' code where several may share a line: unless they are definitions, or one takes several lines itself.
    private func itemsToFill(_ call: Call, column: Int, reserve: Int) -> [String]? {
        let definesAll = call.arguments.allSatisfy { $0.label != nil } && call.arguments.contains { $0.value.calculates }
        let items = call.arguments.map(code.code)
        return !definesAll && items.allSatisfy { fits($0, column, reserve) } ? items : nil
    }

    /// Each argument's lines, with the `=` of the labels below each other.
    func argumentLayouts(_ call: Call, column: Int, reserve: Int) -> [[String]] {
        let labelWidth = call.arguments.compactMap { $0.label.map { TerminalWidth.of($0.code) } }.max() ?? 0
        return call.arguments.map { argument in
            guard let label = argument.label else { return lines(of: argument.value, column: column, reserve: reserve) }
            let prefix = label.code + spaces(labelWidth - TerminalWidth.of(label.code)) + " = "
            return prefixed(prefix, lines(of: argument.value, column: column + labelWidth + 3, reserve: reserve))
        }
    }

    // MARK: - Operators, lists, pipelines

    /// Operators of one precedence, each on a line of its own with its right operand.
    private func lines(ofChain operation: BinaryOperator, _ left: Expression, _ right: Expression, column: Int, reserve: Int) -> [String] {
        let minimum = operation.precedence
        var lines: [String]
        if case .binary(let inner, let first, let second) = left.kind, inner.precedence == minimum,
            !code.needsGroup(left, minimum: operation.leftMinimum)
        {
            lines = self.lines(ofChain: inner, first, second, column: column, reserve: 0)
        } else {
            lines = self.lines(ofOperand: left, minimum: operation.leftMinimum, column: column, reserve: 0)
        }
        let prefix = operation.rawValue + " "
        let operand = self.lines(ofOperand: right, minimum: minimum + 1, column: column + prefix.count, reserve: reserve)
        return lines + prefixed(spaces(column) + prefix, operand)
    }

    private func lines(ofOperand operand: Expression, minimum: Int, column: Int, reserve: Int) -> [String] {
        guard code.needsGroup(operand, minimum: minimum) else { return lines(of: operand, column: column, reserve: reserve) }
        return suffixed(prefixed("(", lines(of: operand, column: column + 1, reserve: reserve + 1)), ")")
    }

    private func lines(ofList items: [Expression], column: Int, reserve: Int) -> [String] {
        filled("[", items.map { code.code($0) }, "]", column: column, reserve: reserve)
    }

    /// As many items to a line as fit.
    private func filled(_ opening: String, _ items: [String], _ closing: String, column: Int, reserve: Int) -> [String] {
        let inner = column + TerminalWidth.of(opening)
        var lines = [opening]
        var used = inner
        for (index, item) in items.enumerated() {
            let isLast = index == items.count - 1
            let text = item + (isLast ? closing : ",")
            let width = TerminalWidth.of(text)
            if index == 0 {
                lines[0] += text
                used += width
            } else if used + 1 + width + (isLast ? reserve : 0) <= CodeLayout.width {
                lines[lines.count - 1] += " " + text
                used += 1 + width
            } else {
                lines.append(spaces(inner) + text)
                used = inner + width
            }
        }
        return lines
    }

    private func lines(of pipeline: Pipeline, column: Int, reserve: Int) -> [String] {
        var lines = prefixed("(", self.lines(of: pipeline.source, column: column + 1, reserve: 0))
        for verb in pipeline.verbs {
            lines += prefixed(spaces(column + 1) + "| ", self.lines(of: verb, column: column + 3, reserve: reserve + 1))
        }
        return suffixed(lines, ")")
    }

    // MARK: - Lines

    func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    func prefixed(_ prefix: String, _ lines: [String]) -> [String] { [prefix + lines[0]] + lines.dropFirst() }

    func suffixed(_ lines: [String], _ suffix: String) -> [String] { lines.dropLast() + [lines[lines.count - 1] + suffix] }
}

extension Expression {
    /// Whether it is more than a name, a constant or a list of such.
    fileprivate var calculates: Bool {
        switch kind {
        case .literal, .name: false
        case .list(let items): items.contains(where: \.calculates)
        case .unary(.minus, let operand): operand.calculates
        case .call, .output, .unary, .binary, .pipeline: true
        }
    }
}
