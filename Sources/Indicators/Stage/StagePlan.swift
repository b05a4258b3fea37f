import Columnar
import Planner

/// A series step with its names resolved: which tracks its calls read, and which ones it puts out.
struct StagePlan {
    /// The stream's columns, then a track per call.
    let trackTypes: [DataType]
    /// Calls that want different results of the same thing are run as one.
    let calls: [CallRunner]
    let outputTracks: [Int]
    let schema: Schema

    init(_ step: SeriesStep, schema streamSchema: Schema, definitions: [String: SeriesDefinition]) throws {
        var names = NameTable(streamSchema)
        var types = streamSchema.fields.map(\.type)
        var runners: [CallRunner] = []
        for (number, call) in step.calls.enumerated() {
            guard let definition = definitions[call.function] else {
                throw SeriesFault.unknownFunction(call.function, known: definitions.keys.sorted())
            }
            let inputs = try call.inputs.map { try names.track(of: $0, neededBy: call.output) }
            let runner: CallRunner
            if let earlier = runners.first(where: { $0.computes(call, inputs: inputs) }) {
                runner = earlier
            } else {
                runner = try CallRunner(
                    call, number: number, definition: definition, inputs: inputs, types: inputs.map { types[$0] })
                runners.append(runner)
            }
            runner.put(call.component, in: types.count)
            names.set(call.output, track: types.count)
            types.append(runner.resultType)
        }
        let outputs = try step.output.map { try names.track(of: $0, neededBy: "the result") }
        schema = Schema(zip(step.output, outputs).map { Field($0, types[$1]) })
        outputTracks = outputs
        trackTypes = types
        calls = runners
    }
}

/// Which track a name stands for; a call's output hides a column of the same name from then on.
private struct NameTable {
    private var tracks: [String: Int] = [:]

    init(_ schema: Schema) {
        for (track, field) in schema.fields.enumerated() { tracks[field.name] = track }
    }

    mutating func set(_ name: String, track: Int) { tracks[name] = track }

    func track(of name: String, neededBy user: String) throws -> Int {
        guard let track = tracks[name] else { throw SeriesFault.unknownColumn(name, neededBy: user, known: tracks.keys.sorted()) }
        return track
    }
}

extension Schema {
    func requireIndex(of name: String, neededBy user: String) throws -> Int {
        guard let index = index(of: name) else { throw SeriesFault.unknownColumn(name, neededBy: user, known: names) }
        return index
    }
}
