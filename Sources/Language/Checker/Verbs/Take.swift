import Columnar

extension Verb {
    static let take: Verb = Verb(
        name: "take", form: "take(count, offset = 0)",
        documentation: "The first rows, after leaving `offset` out; by key where no sort was given."
    ) { use in
        guard let bound = use.binder(.take).bind(positional: ["count", "offset"], required: ["count"]),
            let count = number(bound["count"], "count", use), let offset = number(bound["offset"], "offset", use)
        else { return nil }
        return (.take(count: count, offset: offset), use.shape)
    }

    private static func number(_ argument: Argument?, _ name: String, _ use: VerbCall) -> Int? {
        guard let argument else { return 0 }
        guard let (value, _) = use.expressions.constant(argument.value, what: "\(name) of take") else { return nil }
        guard case .int(let number) = value, number >= 0 else {
            return use.fail(
                .argumentValue(call: "take", argument: name, expected: "an int, 0 or more", found: value.code), argument.span)
        }
        return Int(number)
    }
}

extension VerbCall {
    func binder(_ verb: Verb) -> ArgumentBinder { ArgumentBinder(context: context, call: call, form: verb.form) }
}
