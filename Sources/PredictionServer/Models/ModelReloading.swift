import Learning

/// Keeps each slot at the version its selector stands for.
struct ModelReloading: Sendable {
    let slots: ModelSlots
    let source: any ModelSource
    let log: ServerLog

    /// Throws where a selector stands for nothing.
    func check() throws {
        for slot in slots.all { _ = try source.version(of: slot.selector) }
    }

    /// Loads what the server begins with; a model that is not there is a fault.
    func loadAll() throws {
        for slot in slots.all { try load(slot) }
    }

    /// Exchanges models whose selector stands for another version now. Where that fails the old one goes on answering.
    func reload() {
        for slot in slots.all {
            do {
                try load(slot)
            } catch {
                guard slot.note("\(error)") else { continue }
                log.note(.error, "reload failed", [("model", "\(slot.selector)"), ("reason", "\(error)")])
            }
        }
    }

    private func load(_ slot: ModelSlot) throws {
        let version = try source.version(of: slot.selector)
        let earlier = slot.model
        guard earlier?.version != version else { return }
        let model = try source.load(slot.selector.name, version: version)
        slot.put(model)
        var details = [("model", "\(slot.selector)"), ("model_version", model.versionName)]
        if let earlier { details.append(("earlier_version", earlier.versionName)) }
        log.note(.info, "model loaded", details)
    }
}
