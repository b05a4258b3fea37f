import Synchronization

/// Whether requests should be sent to this server.
final class Readiness: Sendable {
    private let slots: ModelSlots
    private let draining = Atomic<Bool>(false)

    init(slots: ModelSlots) { self.slots = slots }

    var isDraining: Bool { draining.load(ordering: .relaxed) }

    func beginDraining() { draining.store(true, ordering: .relaxed) }

    /// Why not; nil where nothing stands against it.
    var obstacle: String? {
        if isDraining { return "the server is about to end" }
        return slots.isComplete ? nil : "models are being loaded"
    }
}
