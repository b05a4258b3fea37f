import ChildPrograms
import Foundation
import Testing

/// deploy/nginx.conf in a real nginx before two prediction servers.
@Suite(.serialized, .enabled(if: Nginx.program != nil, "nginx is not there; make deps fetches it"))
struct RollingRestartTests {
    private let nginx: Nginx

    init() throws { nginx = try Nginx() }

    @Test func noRequestFailsWhileTheServersAreRestartedOneAfterTheOther() throws {
        let load = try (0..<3).map { _ in try nginx.load(requests: 100_000, perSecond: 100) }
        for place in 0..<2 {
            nginx.servers[place].terminate()
            nginx.servers[place].waitUntilExit()
            try nginx.start(place)
        }
        var answers: [String: Int] = [:]
        for process in load {
            process.kill()
            process.waitUntilExit()
            for line in try process.output.text.split(separator: "\n") { answers[String(line), default: 0] += 1 }
        }
        let said = try nginx.log()
        #expect(Set(answers.keys) == ["200"], "\(answers) \(said)")
    }

    @Test func metricsAreClosedToTheOutside() throws {
        #expect(try nginx.status("/metrics") == "403")
        #expect(try nginx.status("/health") == "200")
    }

    @Test func aBodyOverTheLimitIsRefusedBeforeTheServers() throws {
        let body = nginx.line.path + "/large.json"
        try Data(repeating: UInt8(ascii: " "), count: (1 << 20) + 1).write(to: URL(fileURLWithPath: body))
        #expect(try nginx.status("/predict", "--data-binary", "@\(body)") == "413")
    }

    @Test func onlyTLSIsSpoken() throws {
        let plain = try CommandLine.run("/usr/bin/curl", ["--silent", "http://127.0.0.1:\(nginx.port)/health"])
        #expect(plain.output.contains("The plain HTTP request was sent to HTTPS port"))
    }

    @Test func requestsOverTheRateAreTurnedAway() throws {
        let slow = try Nginx(limits: [("rate=500r/s", "rate=1r/m"), ("burst=1000", "burst=5")])
        let process = try slow.load(requests: 20, perSecond: nil)
        process.waitUntilExit()
        let answers = try process.output.text.split(separator: "\n")
        // One for health, made while the servers were waited for, or more where that took several.
        #expect((1...5).contains(answers.count { $0 == "200" }), "\(answers)")
        #expect(answers.last == "429")
    }
}
