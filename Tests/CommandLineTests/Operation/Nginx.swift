import ChildPrograms
import Foundation
import Testing

/// A real nginx with deploy/nginx.conf, its names and ports changed for this machine, before two servers of one model.
final class Nginx {
    static let program = ["/usr/sbin/nginx", repositoryFolder + "/.deps/nginx/usr/sbin/nginx"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    let line: CommandLine
    let port: Int
    private let ports: [Int]
    private(set) var servers: [ChildProgram] = []
    private let nginx: ChildProgram

    init(limits: [(String, String)] = []) throws {
        line = try CommandLine.withNotebook()
        let made = try line.tickbook("generate", "--to", "data/inbox/a.csv")
        try #require(made.code == 0)
        try #require(try line.tickbook("run", "notebook.md", "--no-serve").code == 0)
        let free = try FreePorts.take(3)
        (port, ports) = (free[0], Array(free[1...]))
        try CommandLine.succeed(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", line.path + "/key.pem",
                "-out", line.path + "/certificate.pem",
            ])
        var text = try String(contentsOfFile: repositoryFolder + "/deploy/nginx.conf", encoding: .utf8)
        for (from, to) in [
            ("app-1:8000", "127.0.0.1:\(ports[0])"), ("app-2:8000", "127.0.0.1:\(ports[1])"), ("listen 8443", "listen 127.0.0.1:\(port)"),
            ("/etc/nginx/tls", line.path), ("/tmp/nginx", line.path + "/nginx"),
        ] + limits {
            try #require(text.contains(from))
            text = text.replacingOccurrences(of: from, with: to)
        }
        try line.write("nginx.conf", text)
        nginx = try CommandLine.start(Self.program!, ["-e", "stderr", "-c", line.path + "/nginx.conf", "-g", "daemon off;"])
        for place in 0..<2 { try start(place) }
        try waitForHealth("https://127.0.0.1:\(port)")
    }

    deinit {
        for server in servers { server.terminate() }
        nginx.terminate()
        for server in servers { server.waitUntilExit() }
        nginx.waitUntilExit()
    }

    /// Starts a server, again at its port where it ran before, and returns once it answers.
    func start(_ place: Int) throws {
        let server = try CommandLine.start(
            CommandLine.program, ["serve", "stock_direction", "--port", "\(ports[place])"], in: line.path)
        if place < servers.count { servers[place] = server } else { servers.append(server) }
        try waitForHealth("http://127.0.0.1:\(ports[place])")
    }

    private func waitForHealth(_ url: String) throws {
        let answer = try CommandLine.run(
            "/usr/bin/curl",
            [
                "--silent", "--insecure", "--fail", "--retry", "200", "--retry-all-errors", "--retry-delay", "0", "--retry-max-time", "30",
                url + "/health",
            ])
        let said = try nginx.errors.text
        try #require(answer.code == 0, "\(url) does not answer: \(said)")
    }

    private static let body = #"{"daily_return":0.012,"ma_7":1510.5,"ma_14":1505.3,"ma_30":1498.8,"volatility_14":0.018}"#

    /// Begins to ask for predictions, one after another over kept connections; its output is one status a line.
    func load(requests: Int, perSecond: Int?) throws -> ChildProgram {
        let rate = perSecond.map { ["--rate", "\($0)/s"] } ?? []
        // By line, since whoever ends the load wants to know what was answered until then.
        return try CommandLine.start(
            "/usr/bin/stdbuf",
            ["--output=L", "/usr/bin/curl"] + rate + [
                "--silent", "--insecure", "--output", "/dev/null", "--write-out", "%{http_code}\\n", "--header",
                "Content-Type: application/json", "--data", Self.body, "https://127.0.0.1:\(port)/predict?[1-\(requests)]",
            ])
    }

    func log() throws -> String { String(try nginx.errors.text.suffix(2_000)) }

    func status(_ path: String, _ arguments: String...) throws -> String {
        try CommandLine.run(
            "/usr/bin/curl",
            ["--silent", "--insecure", "--output", "/dev/null", "--write-out", "%{http_code}"] + arguments
                + ["https://127.0.0.1:\(port)\(path)"]
        ).output
    }
}

/// Ports nobody holds at the moment.
enum FreePorts {
    static func take(_ count: Int) throws -> [Int] {
        var descriptors: [Int32] = []
        defer { for descriptor in descriptors { close(descriptor) } }
        return try (0..<count).map { _ in
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            descriptors.append(descriptor)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
                }
            }
            try #require(isBound)
            return Int(address.sin_port.bigEndian)
        }
    }
}

extension CommandLine {
    static func succeed(_ program: String, _ arguments: [String]) throws {
        let ended = try run(program, arguments)
        try #require(ended.code == 0, "\(program): \(ended.errors)")
    }
}
