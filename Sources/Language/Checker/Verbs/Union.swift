import Columnar

extension Verb {
    static let union: Verb = Verb(
        name: "union", form: "union(other)", documentation: "The rows of both; the other side must have the same columns, in any order."
    ) { use in
        guard let bound = use.binder(.union).bind(positional: ["other"], required: ["other"]),
            let other = use.checker.pipeline(bound["other"]!.value)
        else { return nil }
        let missing = use.shape.names.filter { other.shape[$0] == nil }
        let extra = other.shape.names.filter { use.shape[$0] == nil }
        let types = use.shape.columns.filter { column in other.shape[column.name].map { $0.type != column.type } ?? false }.map(\.name)
        guard missing.isEmpty, extra.isEmpty, types.isEmpty else {
            return use.fail(.unionMismatch(missing: missing, extra: extra, types: types), bound["other"]!.span)
        }
        var shape = use.shape
        for index in shape.columns.indices {
            let column = shape.columns[index]
            shape.columns[index].lookAhead = LookAhead.farthest([column.lookAhead, other.shape[column.name]?.lookAhead])
        }
        shape.selection = LookAhead.farthest([shape.selection, other.shape.selection])
        shape.forgetDistances()
        return (.union(other), shape)
    }
}
