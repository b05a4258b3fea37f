import Columnar

/// The arguments of one of a model's verbs. Each reading is nil where the argument is wrong, which is reported, and nil inside where
/// it is not given.
struct ModelSettings {
    private let context: CheckContext
    private let call: Call
    private let bound: [String: Argument]

    /// Nil when names or number of arguments are wrong, which is reported.
    init?(_ context: CheckContext, _ call: Call, form: String, positional: [String] = [], names: [String], required: [String] = []) {
        let binder = ArgumentBinder(context: context, call: call, form: form)
        guard let bound = binder.bind(positional: positional, named: names, required: required) else { return nil }
        (self.context, self.call, self.bound) = (context, call, bound)
    }

    func has(_ name: String) -> Bool { bound[name] != nil }

    func number(_ name: String, expecting expected: String, where isFine: (Double) -> Bool) -> Double?? {
        guard let argument = bound[name] else { return .some(nil) }
        guard let value = constant(argument, name) else { return nil }
        let number: Double
        switch value {
        case .int(let int): number = Double(int)
        case .double(let double): number = double
        default: return fail(name, expecting: expected, found: shown(argument, value))
        }
        return isFine(number) ? .some(number) : fail(name, expecting: expected, found: value.code)
    }

    func whole(_ name: String, from least: Int, through most: Int, expecting expected: String) -> Int?? {
        guard let argument = bound[name] else { return .some(nil) }
        guard let value = constant(argument, name) else { return nil }
        let int: Int? =
            switch value {
            case .int(let int): Int(int)
            case .double(let double): Int(exactly: double)
            default: nil
            }
        guard let int, (least...most).contains(int) else { return fail(name, expecting: expected, found: shown(argument, value)) }
        return .some(int)
    }

    /// A number of dates.
    func dates(_ name: String, atLeast least: Int) -> Int?? {
        whole(name, from: least, through: 1_000_000, expecting: "a number of dates, \(least) or more")
    }

    func flag(_ name: String) -> Bool?? {
        guard let argument = bound[name] else { return .some(nil) }
        guard let value = constant(argument, name) else { return nil }
        guard case .bool(let flag) = value else { return fail(name, expecting: "true or false", found: shown(argument, value)) }
        return .some(flag)
    }

    /// A word, in quotes or without.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String) -> Choice?? {
        guard let argument = bound[name] else { return .some(nil) }
        let word: String
        if case .name(let name) = argument.value.kind, Choice(rawValue: name.text) != nil || context.useParameter(name.text) == nil {
            word = name.text
        } else {
            guard let value = constant(argument, name) else { return nil }
            guard case .string(let text) = value else { return fail(name, expecting: list(Choice.self), found: shown(argument, value)) }
            word = text
        }
        guard let choice = Choice(rawValue: word) else {
            return fail(name, expecting: list(Choice.self), found: context.source(argument.value.span))
        }
        return .some(choice)
    }

    func fail<Result>(_ name: String, expecting expected: String, found: String) -> Result? {
        context.report(
            .argumentValue(call: call.name.text, argument: name, expected: expected, found: found), at: bound[name]?.span ?? call.span)
        return nil
    }

    /// An argument without a meaning beside `other`.
    func failIdle<Result>(_ name: String, beside other: String) -> Result? {
        context.report(.idleArgument(call: call.name.text, argument: name, beside: other), at: bound[name]?.span ?? call.span)
        return nil
    }

    private func constant(_ argument: Argument, _ name: String) -> Value? {
        let expressions = ExpressionChecker(context: context, shape: TableShape(columns: []))
        return expressions.constant(argument.value, what: "\(name) of \(call.name.text)")?.value
    }

    /// A text keeps its quotes.
    private func shown(_ argument: Argument, _ value: Value) -> String {
        if case .string(let text) = value { "\"\(text)\"" } else { value.description }
    }

    private func list<Choice: RawRepresentable<String> & CaseIterable>(_: Choice.Type) -> String {
        Choice.allCases.map(\.rawValue).joined(separator: " or ")
    }
}
