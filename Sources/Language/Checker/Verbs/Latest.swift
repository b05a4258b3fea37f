import Columnar

extension Verb {
    static let latest: Verb = Verb(
        name: "latest", form: "latest()", documentation: "Of several rows with one key, the one that was ingested last."
    ) { use in
        guard use.call.arguments.isEmpty else { return use.failCount(.latest) }
        guard let key = use.shape.key else { return use.fail(.keyRequired(by: "latest")) }
        if let column = use.shape.partitioning.first(where: { !key.columns.contains($0.source) }) {
            return use.fail(.orderLost(verb: "latest", by: "partition(\(column.name)), which puts rows of one key into several files"))
        }
        if let verb = use.reorderedBy { return use.fail(.orderLost(verb: "latest", by: verb)) }
        return (.latest(key), use.shape)
    }
}
