/// How a server listens, and what it bears.
package struct ServerSettings: Sendable {
    package var host = "127.0.0.1"
    /// 0 takes any free port.
    package var port = 8000
    /// Says in faults where the port is chosen.
    package var portChoice = "with --port"
    package var keys: APIKeys?
    /// Whether to listen beyond this machine without keys.
    package var isInsecure = false

    /// In bytes.
    package var bodyLimit = 1 << 20
    /// Bytes of bodies being received, of all connections.
    package var bodyMemory = 256 << 20
    /// Requests that wait for tables to be read; those beyond are turned away.
    package var lookupLimit = 64
    /// Connections beyond wait to be accepted.
    package var connectionLimit = 16_384

    /// From a connection's beginning to its first request's head.
    package var headTime = Duration.seconds(15)
    /// From a request's head to the end of its body.
    package var bodyTime = Duration.seconds(30)
    /// From a request to its answer.
    package var answerTime = Duration.seconds(60)
    /// From an answer to the connection's next request.
    package var idleTime = Duration.seconds(75)

    /// How often aliases are looked at.
    package var reloadInterval = Duration.seconds(1)
    /// How long connections are still accepted once the server is told to end, and answered that it is not ready.
    package var drainDelay = Duration.zero
    /// How long requests under way may take once the server is told to end.
    package var drainTime = Duration.seconds(10)
    package var logsRequests = true

    package init() {}
}

extension ServerSettings {
    /// Throws where the server could not, or should not, listen like this.
    func check() throws {
        guard (0...65_535).contains(port) else {
            throw ServerFault("port \(port) does not exist; choose one from 1 to 65535 \(portChoice)")
        }
        guard keys != nil || isInsecure || Self.isLoopback(host) else {
            throw ServerFault(
                "anyone who reaches \(host) could ask this server; give --api-key-file FILE, or --insecure if something else guards it")
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." }
    }
}
