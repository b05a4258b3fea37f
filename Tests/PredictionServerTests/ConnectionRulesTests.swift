import Foundation
import Testing

@testable import PredictionServer

/// What HTTP/1 asks of connections.
@Suite struct ConnectionRulesTests {
    private static let body = #"{"daily_return":0.012,"ma_7":1510.5,"third":0.25}"#

    @Test(arguments: ["GET /health HTTP/1.1\r\n\r\n", "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"])
    func aRequestNamesOneHost(request: String) async throws {
        try await withServer { running in
            let answer = try await running.client.exchange(Array(request.utf8))
            #expect(answer.status == 400 && answer.headers.contains("connection: close"))
        }
    }

    @Test(arguments: ["GET /health HTTP/1.0\r\n\r\n", "GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"])
    func olderConnectionsEndWithTheAnswer(request: String) async throws {
        try await withServer { running in
            let answer = try await running.client.exchange(Array(request.utf8))
            #expect(answer.status == 200 && answer.headers.contains("connection: close"))
        }
    }

    @Test func aBodyThatWaitsIsAskedFor() async throws {
        let head = "POST /predict HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: \(Self.body.utf8.count)\r\n\r\n"
        try await withServer { running in
            let answer = try await running.client.exchange(Array((head + Self.body).utf8))
            #expect(answer.status == 100 && answer.body.hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test func aBodyThatIsTooLargeIsNotAskedFor() async throws {
        let head = "POST /predict HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n"
        try await withServer { running in
            let answer = try await running.client.exchange(Array(head.utf8))
            #expect(answer.status == 413)
        }
    }

    @Test func answersOfAnEndingServerEndTheConnection() async throws {
        try await withServer { running in
            running.server.readiness.beginDraining()
            let answer = try await running.client.exchange(Array("GET /health HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
            #expect(answer.status == 200 && answer.headers.contains("connection: close"))
        }
    }
}
