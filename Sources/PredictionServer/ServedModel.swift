import Columnar
import Learning

/// A model made ready for requests: what each needs is worked out once.
final class ServedModel: Sendable {
    let loaded: LoadedModel
    let names: [[UInt8]]
    let types: [DataType]
    /// The end of every answer, from the version on.
    let answerEnd: [UInt8]
    /// A bool comes as `true` or `false` and a whole number needs a check, so only doubles take the short way.
    let takesOnlyDoubles: Bool

    init(_ loaded: LoadedModel) {
        self.loaded = loaded
        names = loaded.model.features.map { Array($0.utf8) }
        types = loaded.metadata.features.map(\.type)
        takesOnlyDoubles = types.allSatisfy { $0 == .double }
        var end = JSONText()
        end.append(",\"model_version\":")
        end.append(string: loaded.versionName)
        end.append("}")
        answerEnd = end.bytes
    }
}
