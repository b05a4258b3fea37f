import Columnar

/// The columns of a pipeline that is being typed, as the checker finds them verb by verb.
struct PrefixShape {
    let text: String
    let names: CompletionNames

    /// The columns that the call at `depth` of the place's levels finds; nil where its pipeline's source is not known.
    func shape(in place: CompletionPlace, verbAt depth: Int) -> TableShape? {
        let outer = place.levels[depth - 1]
        guard let start = outer.pipelineStart, let last = outer.pipes.last else { return nil }
        var segments = cuts([start] + outer.pipes, end: last)
        let call = place.levels[depth]
        if let comma = call.lastComma, call.kind == .call("derive") {
            // Later columns see earlier ones.
            segments.append(bytes(last + 1, comma) + ")")
        }
        return shape(of: segments)
    }

    private func cuts(_ starts: [Int], end: Int) -> [String] {
        zip(starts, starts.dropFirst()).enumerated().map { index, ends in bytes(index == 0 ? ends.0 : ends.0 + 1, ends.1) }
    }

    private func bytes(_ start: Int, _ end: Int) -> String {
        String(decoding: Array(text.utf8)[start..<max(start, end)], as: UTF8.self)
    }

    /// A verb with a mistake is passed over; those behind it find what it found.
    private func shape(of segments: [String]) -> TableShape? {
        let whole = segments.joined(separator: "|")
        guard let first = segments.first, let source = pipeline(first)?.source else { return nil }
        let checker = names.notebook.checker(of: whole, catalog: names.catalog)
        var verbs: [Call] = []
        guard var shape = checked(source, [], checker) else { return nil }
        var group: Call?
        for segment in segments.dropFirst() {
            guard case .call(let call)? = pipeline(segment)?.source.kind else { continue }
            guard call.name.text != Verb.group.name else {
                group = call
                continue
            }
            let tried = verbs + (group.map { [$0] } ?? []) + [call]
            group = nil
            guard let found = checked(source, tried, checker) else { continue }
            (verbs, shape) = (tried, found)
        }
        return shape
    }

    private func pipeline(_ text: String) -> Pipeline? {
        guard let statement = Parser.parse(text).statements.first, case .pipeline(let pipeline) = statement.kind else { return nil }
        return pipeline
    }

    private func checked(_ source: Expression, _ verbs: [Call], _ checker: PipelineChecker) -> TableShape? {
        checker.check(Pipeline(source: source, verbs: verbs, span: source.span))?.shape
    }
}
