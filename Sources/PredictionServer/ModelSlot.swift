import Learning
import Synchronization

/// The model that answers requests; it may be put in and exchanged while the server runs.
final class ModelSlot: Sendable {
    private let content: Mutex<ServedModel?>

    init(_ model: LoadedModel?) { content = Mutex(model.map(ServedModel.init)) }

    var model: ServedModel? { content.withLock { $0 } }

    func put(_ model: LoadedModel) {
        let served = ServedModel(model)
        content.withLock { $0 = served }
    }
}
