import Columnar

extension Verb {
    static let require: Verb = Verb(
        name: "require", form: "require(condition, …, else = reject)",
        documentation:
            "Rows must meet every rule; a null outcome does not. `reject` sets the others aside in NAME__rejects, `fail` ends the run, `warn` lets them pass and counts them."
    ) { use in
        guard let onFailure = failure(use), let conditions = use.conditions(of: .require) else { return nil }
        guard !conditions.isEmpty else { return use.failCount(.require) }
        let spans = use.call.arguments.filter { $0.label == nil }.map(\.span)
        let requirements = zip(conditions, spans).map { Requirement(condition: $0.expression, text: use.context.source($1)) }
        var shape = use.shape
        if onFailure == .reject, let lookAhead = LookAhead.farthest(conditions.map(\.lookAhead)) {
            shape.taint(lookAhead.reached(from: "require"))
        }
        return (.require(requirements, onFailure: onFailure), shape)
    }

    private static func failure(_ use: VerbCall) -> RequirementFailure? {
        var found = RequirementFailure.fail
        for argument in use.call.arguments {
            guard let label = argument.label else { continue }
            guard label.text == "else" else {
                if use.shape[label.text] != nil { return use.failAssignment(argument, of: .require) }
                return use.fail(.unknownName(.argument, label.text, candidates: ["else"]), label.span)
            }
            guard case .name(let name) = argument.value.kind, let named = RequirementFailure(rawValue: name.text) else {
                return use.fail(
                    .argumentValue(
                        call: "require", argument: "else", expected: "reject, fail or warn", found: use.context.source(argument.value.span)),
                    argument.value.span)
            }
            found = named
        }
        return found
    }
}
