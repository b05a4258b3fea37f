import Foundation
import PredictionServer
import Testing

@Suite struct OperationsTests {
    private let good = #"{"daily_return":0.012,"ma_7":1510.5,"third":0.25}"#
    private static let key = "0123456789abcdef0123"

    @Test(arguments: ["X-API-Key: \(key)", "Authorization: Bearer \(key)", "Authorization: bearer another-key-of-good-length"])
    func keyOpensTheDoor(header: String) async throws {
        try await withServer(settings: guarded()) { running in
            let answer = try await running.client.send("POST", "/predict", body: Array(good.utf8), headers: [header])
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: ["X-API-Key: 0123456789abcdef012", "X-API-Key: 0123456789abcdef01234", "Authorization: \(key)", "X-Other: \(key)"])
    func wrongOrMissingKeyIs401(header: String) async throws {
        try await withServer(settings: guarded()) { running in
            let answer = try await running.client.send("POST", "/predict", body: Array(good.utf8), headers: [header])
            #expect(answer.status == 401 && answer.headers.contains("www-authenticate: bearer"))
        }
    }

    @Test(arguments: ["/health", "/ready"])
    func probesNeedNoKey(path: String) async throws {
        try await withServer(settings: guarded()) { running in
            let answer = try await running.client.get(path)
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: ["", "# only a comment\n", "short\n"])
    func keyFileWithoutGoodKeysIsRefused(text: String) {
        #expect(throws: ServerFault.self) { try APIKeys(text: text, path: "keys") }
    }

    @Test func metricsCountRequestsByRouteAndStatus() async throws {
        try await withServer { running in
            _ = try await running.client.predict(good)
            _ = try await running.client.predict("[\(good),\(good)]")
            _ = try await running.client.predict("{}")
            let text = try await running.client.get("/metrics").body
            #expect(text.contains(#"tickbook_requests_total{route="/predict",status="200"} 2"#))
            #expect(text.contains(#"tickbook_requests_total{route="/predict",status="422"} 1"#))
            #expect(text.contains(#"tickbook_request_duration_seconds_bucket{route="/predict",le="+Inf"} 3"#))
            #expect(text.contains("tickbook_predictions_total 3"))
            #expect(text.contains("tickbook_requests_in_flight 1"))
            #expect(text.contains(#"tickbook_model_version{model="stock_direction"} 1"#))
        }
    }

    @Test func answerCarriesTheClientsRequestID() async throws {
        let logged = LoggedLines()
        try await withServer(logged: logged) { running in
            let answer = try await running.client.send("POST", "/predict", body: Array(good.utf8), headers: ["X-Request-ID: abc-1"])
            #expect(answer.headers.contains("x-request-id: abc-1"))
        }
        let line = try #require(logged.objects.first { $0["message"] as? String == "request" })
        #expect(line["request_id"] as? String == "abc-1" && line["status"] as? Int == 200 && line["model_version"] as? String == "v1")
    }

    @Test(arguments: ["X-Request-ID: \(String(repeating: "a", count: 200))", "X-Request-ID: a b"])
    func unfitRequestIDsAreReplaced(header: String) async throws {
        try await withServer { running in
            let answer = try await running.client.send("GET", "/health", body: nil, headers: [header])
            #expect(answer.headers.contains("x-request-id: ") && !answer.headers.contains(header.lowercased()))
        }
    }

    @Test func everyLogLineIsJSON() async throws {
        let logged = LoggedLines()
        try await withServer(logged: logged) { running in
            _ = try await running.client.get("/a%22%0a%5cb")
            _ = try await running.client.predict("{")
        }
        #expect(logged.lineCount >= 3 && logged.objects.count == logged.lineCount)
    }

    @Test(arguments: ["", "POST /predict HTTP/1.1\r\nHo", "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"])
    func requestThatDoesNotComeIsClosed(begin: String) async throws {
        var settings = ServerSettings()
        (settings.headTime, settings.bodyTime) = (.milliseconds(50), .milliseconds(50))
        try await withServer(settings: settings) { running in
            // Comes back only when the server closes the connection.
            await #expect(throws: HTTPClientFault.self) { try await running.client.exchange(Array(begin.utf8)) }
            let later = try await running.client.predict(good)
            #expect(later.status == 200)
        }
    }

    @Test(arguments: [
        "GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        "POST /predict HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 200_000))\r\n\r\n",
    ])
    func malformedHTTPIs400(request: String) async throws {
        try await withServer { running in
            let answer = try? await running.client.exchange(Array(request.utf8))
            #expect(answer == nil || answer?.status == 400)
            let later = try await running.client.predict(good)
            #expect(later.status == 200)
        }
    }

    private func guarded() throws -> ServerSettings {
        var settings = ServerSettings()
        settings.keys = try APIKeys(text: "# keys\n\(Self.key)\n\nanother-key-of-good-length\n", path: "keys")
        return settings
    }
}
