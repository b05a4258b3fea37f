import Foundation
import Runtime

/// The prediction servers that a session started: processes of their own, which end with it.
final class ServerProcesses {
    /// A server that did not come to answer.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    struct Running {
        let model: String
        let port: Int
        let address: String
        fileprivate let child: ServerChild
    }

    private let workspace: Workspace
    private let provider: EngineProvider
    private var servers: [Running] = []
    private static let patience = Duration.seconds(30)
    private static let pause: UInt32 = 20_000

    init(workspace: Workspace, provider: EngineProvider) {
        self.workspace = workspace
        self.provider = provider
    }

    /// Those that still run.
    var running: [Running] {
        servers.removeAll { $0.child.exitCode != nil }
        return servers
    }

    /// Starts a server and waits until it answers; Ctrl-C ends the waiting and the server.
    func start(_ model: String, port: Int, for session: AnalystSession) throws {
        for earlier in running where earlier.port == port && port != 0 { stop(earlier) }
        let child = try ServerChild(arguments(model, port, session))
        do {
            let address = try waitUntilReady(child, model)
            servers.append(Running(model: model, port: port, address: address, child: child))
            Terminal.note("\(model) answers on \(address) as long as the session lasts; :stop \(model) ends it")
        } catch {
            child.stop()
            throw error
        }
    }

    private func arguments(_ model: String, _ port: Int, _ session: AnalystSession) -> [String] {
        var arguments = ["serve", model, "--port", "\(port)", "--workspace", workspace.root, "--quiet", "--session", "\(getpid())"]
        // Features are those of the file; a session's own text is not a notebook that another process could read.
        if let path = session.state.notebook.path, !session.state.notebook.hasEdits, session.state.notebook.mistakes.isEmpty {
            arguments += ["--notebook", path]
            for (name, text) in session.state.parameterTexts.sorted(by: { $0.key < $1.key }) { arguments += ["-p", "\(name)=\(text)"] }
        }
        return arguments
    }

    private func waitUntilReady(_ child: ServerChild, _ model: String) throws -> String {
        let start = ContinuousClock.now
        while ContinuousClock.now - start < Self.patience {
            try provider.checkCancellation()
            if let address = child.address { return address }
            if let code = child.exitCode { throw Fault(description: "The server of \(model) ended with code \(code):\n\(child.said)") }
            usleep(Self.pause)
        }
        throw Fault(description: "The server of \(model) did not answer within 30 seconds; it said:\n\(child.said)")
    }

    /// Ends one; false where it had ended already.
    @discardableResult
    func stop(_ server: Running) -> Bool {
        servers.removeAll { $0.child === server.child }
        return server.child.stop()
    }

    func stopAll() { for server in running { stop(server) } }
}
