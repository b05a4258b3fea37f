import Foundation
import Hummingbird
package import Learning
import Logging
import NIOCore

/// Answers predictions of one model over HTTP.
package struct PredictionServer: Sendable {
    private let slot: ModelSlot
    private let host: String
    private let port: Int
    private let portChoice: String
    private let bodyLimit: Int
    private let onBound: @Sendable (Int) async -> Void

    /// Without a model all answers are 503 until `put` is called. Port 0 takes any free port; `onBound` gets the actual one once
    /// requests are accepted. `portChoice` says in faults where the port is chosen; `bodyLimit` is in bytes.
    package init(
        model: LoadedModel?, host: String = "127.0.0.1", port: Int, portChoice: String = "with --port", bodyLimit: Int = 1 << 20,
        onBound: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        slot = ModelSlot(model)
        self.host = host
        self.port = port
        self.portChoice = portChoice
        self.bodyLimit = bodyLimit
        self.onBound = onBound
    }

    /// Exchanges the model; requests under way end with the one they began with.
    package func put(_ model: LoadedModel) { slot.put(model) }

    /// Serves until SIGINT, SIGTERM or cancellation; requests under way are answered first. Throws `ServerFault` when the
    /// address cannot be bound.
    package func run() async throws {
        guard (0...65_535).contains(port) else {
            throw ServerFault("port \(port) does not exist; choose one from 1 to 65535 \(portChoice)")
        }
        var logger = Logger(label: "tickbook.server")
        logger.logLevel = .critical
        let application = Application(
            responder: RouteTable([HealthRoute(slot: slot), PredictRoute(slot: slot, bodyLimit: bodyLimit)]),
            server: .http1(configuration: .init(idleTimeout: .seconds(75))),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { [onBound, port] channel in await onBound(channel.localAddress?.port ?? port) },
            logger: logger)
        do {
            try await application.runService()
        } catch {
            throw ServerFault(bindingTo: host, port, portChoice: portChoice, failedWith: error)
        }
    }
}
