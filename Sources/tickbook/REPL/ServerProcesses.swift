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
    private let files: SessionFiles
    private var servers: [Running] = []
    /// Those that ended by themselves and were not told of.
    private var ended: [Running] = []
    private static let patience = Duration.seconds(30)
    private static let pause: UInt32 = 20_000

    init(workspace: Workspace, provider: EngineProvider, files: SessionFiles) {
        self.workspace = workspace
        self.files = files
        self.provider = provider
    }

    /// Those that still run.
    var running: [Running] {
        ended += servers.filter { $0.child.exitCode != nil }
        servers.removeAll { $0.child.exitCode != nil }
        return servers
    }

    /// Those that ended by themselves since this was asked last.
    func takeEnded() -> [Running] {
        _ = running
        defer { ended = [] }
        return ended
    }

    /// Starts a server and waits until it answers; Ctrl-C ends the waiting and the server.
    func start(_ model: String, port: Int, for session: AnalystSession) throws {
        for earlier in running where earlier.port == port && port != 0 {
            Terminal.note("\(earlier.model) no longer answers on \(earlier.address)\(stop(earlier))")
        }
        try provider.checkCancellation()
        let notebook = try ServedNotebook(session, files)
        let child = try ServerChild(
            ["serve", model, "--port", "\(port)", "--workspace", workspace.root, "--quiet", "--session", "\(getpid())"]
                + notebook.arguments, notebook: notebook.ownFile, files: files)
        do {
            let address = try waitUntilReady(child, model)
            servers.append(Running(model: model, port: port, address: address, child: child))
            Terminal.note("\(model) answers on \(address) as long as the session lasts; :stop \(model) ends it")
        } catch {
            _ = child.stop { provider.isCancelled }
            throw error
        }
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

    /// Ends one, at once where Ctrl-C says so; returns what is to be said of how it ended.
    func stop(_ server: Running) -> String {
        servers.removeAll { $0.child === server.child }
        switch server.child.stop({ provider.isCancelled }) {
        case .endedBefore: return "; it had ended by itself"
        case .ended: return ""
        case .killed: return "; it was killed, requests under way included"
        }
    }

    func stopAll(_ isHurried: () -> Bool) {
        // All at a time, so that they need no longer than one.
        for server in servers { server.child.ask() }
        for server in servers where server.child.stop(isHurried) == .killed {
            Terminal.note("the server of \(server.model) on \(server.address) was killed, requests under way included")
        }
        (servers, ended) = ([], [])
    }
}
