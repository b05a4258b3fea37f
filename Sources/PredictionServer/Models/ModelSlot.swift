import Foundation
import Learning
import Synchronization

/// One of the models that answer; it is exchanged while the server runs.
final class ModelSlot: Sendable {
    struct State {
        var model: ServedModel?
        var loaded: Date?
        var failedReloads = 0
        /// Why the last reload failed; nil once one succeeds.
        var fault: String?
    }

    let selector: ModelSelector
    private let content = Mutex(State())

    init(_ selector: ModelSelector) { self.selector = selector }

    var state: State { content.withLock { $0 } }
    var model: ServedModel? { content.withLock { $0.model } }

    /// Requests under way end with the model they began with.
    func put(_ model: ServedModel) {
        content.withLock {
            $0.model = model
            $0.loaded = .now
            $0.fault = nil
        }
    }

    /// Whether the fault is another than the last one.
    func note(_ fault: String) -> Bool {
        content.withLock { state in
            state.failedReloads += 1
            defer { state.fault = fault }
            return state.fault != fault
        }
    }
}

/// All models that answer, in the order they were asked for.
struct ModelSlots: Sendable {
    let all: [ModelSlot]

    init(_ selectors: [ModelSelector]) {
        precondition(!selectors.isEmpty)
        all = selectors.map(ModelSlot.init)
    }

    /// The one that answers where no name is given.
    var first: ModelSlot { all[0] }

    var isComplete: Bool { all.allSatisfy { $0.model != nil } }

    /// By the selector as it was given, or else by the model's name alone.
    func slot(_ name: String) -> ModelSlot? { all.first { $0.selector.description == name } ?? all.first { $0.selector.name == name } }

    /// The model of this name and version, if it is one of those that answer.
    func model(_ name: String, version: Int) -> ServedModel? {
        all.lazy.compactMap(\.model).first { $0.name == name && $0.version == version }
    }

    /// How requests address the slot: by the model's name where that is enough.
    func pathName(of slot: ModelSlot) -> String { self.slot(slot.selector.name) === slot ? slot.selector.name : slot.selector.description }
}
