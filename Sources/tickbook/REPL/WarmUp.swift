import Foundation
import Runtime

/// The engine, opened behind the first prompt. Nobody waits for it: the process ends without looking after its threads.
final class WarmUp {
    private let provider: EngineProvider
    private var hasBegun = false

    init(_ provider: EngineProvider) { self.provider = provider }

    func begin() {
        guard !hasBegun else { return }
        hasBegun = true
        // What is wrong with the engine is said when it is needed.
        Thread.detachNewThread { [provider] in _ = try? provider.get() }
    }
}
