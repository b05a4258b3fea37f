/// A verb of pipelines: how it is written, and what it makes of the columns before it.
package struct Verb: Sendable {
    package let name: String
    /// The call as documentation shows it.
    package let form: String
    package let documentation: String
    /// Nil when something is wrong, which is reported.
    let check: @Sendable (VerbCall) -> (CheckedStep.Kind, TableShape)?

    package static let all: [Verb] = [
        .rename, .select, .drop, .derive, .where, .sort, .take, .key, .latest, .partition, .require, .group, .summarize, .join, .union,
        .describe,
    ]

    package static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// Verbs that only a model's pipeline has.
    package static let ofModels = ["target", "features", "split", "walk_forward", "fit", "calibrate"]
}

/// One use of a verb: its call, the columns it finds, and what checks need.
struct VerbCall {
    let call: Call
    let shape: TableShape
    let checker: PipelineChecker
    /// Set between `group` and `summarize`.
    let groups: [NamedColumn]?
    /// The verb that last changed the order or the rows' origin, if any did.
    let reorderedBy: String?

    var context: CheckContext { checker.context }
    var expressions: ExpressionChecker { ExpressionChecker(context: context, shape: shape) }

    func fail<Result>(_ problem: CheckProblem, _ span: SourceSpan? = nil) -> Result? {
        context.report(problem, at: span ?? call.span)
        return nil
    }

    func failCount<Result>(_ verb: Verb) -> Result? {
        fail(.argumentCount(call: verb.name, form: verb.form, found: call.arguments.count))
    }

    /// A plain column's name, or nil with the mistake reported.
    func column(_ argument: Argument, of verb: Verb) -> ColumnShape? {
        guard argument.label == nil, case .name(let name) = argument.value.kind else {
            return fail(.notAColumn(verb: verb.name), argument.span)
        }
        return column(name)
    }

    func column(_ name: Name) -> ColumnShape? {
        guard let column = shape[name.text] else { return fail(.unknownName(.column, name.text, candidates: shape.names), name.span) }
        return column
    }

    /// All or nothing: nil when one failed, after all were tried.
    func all<Input, Output>(_ inputs: [Input], _ transform: (Input) -> Output?) -> [Output]? {
        let outputs = inputs.map(transform)
        let known = outputs.compactMap(\.self)
        return known.count == outputs.count ? known : nil
    }
}
