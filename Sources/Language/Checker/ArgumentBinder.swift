/// Gives each argument of a call its place by order or by name.
struct ArgumentBinder {
    let context: CheckContext
    let call: Call
    /// The call as it should look, for messages.
    let form: String

    /// The arguments by name; nil when something is wrong, which is reported.
    func bind(positional: [String], named: [String] = [], required: [String]) -> [String: Argument]? {
        var bound: [String: Argument] = [:]
        var failed = false
        var remaining = positional[...]
        for argument in call.arguments {
            let name: String
            if let label = argument.label {
                guard positional.contains(label.text) || named.contains(label.text) else {
                    context.report(.unknownName(.argument, label.text, candidates: positional + named), at: label.span)
                    failed = true
                    continue
                }
                name = label.text
            } else if let next = remaining.popFirst() {
                name = next
            } else {
                context.report(.argumentCount(call: call.name.text, form: form, found: call.arguments.count), at: call.span)
                return nil
            }
            if bound.updateValue(argument, forKey: name) != nil {
                context.report(.duplicateArgument(name), at: argument.span)
                failed = true
            }
        }
        for name in required where bound[name] == nil && !failed {
            context.report(.missingArgument(call: call.name.text, argument: name, form: form), at: call.span)
            failed = true
        }
        return failed ? nil : bound
    }
}
