import Foundation
import PredictionServer
import Testing

@Suite struct RouteTests {
    @Test func healthNamesModelAndVersion() async throws {
        try await withServer(model: servedModel()) { client, _ in
            let answer = try await client.get("/health")
            #expect(answer.status == 200)
            #expect(answer.body == #"{"status":"ok","model":"stock_direction","model_version":"v1"}"#)
        }
    }

    @Test func withoutAModelAnswersAre503() async throws {
        try await withServer(model: nil) { client, _ in
            let (health, prediction) = (try await client.get("/health"), try await client.predict("{}"))
            #expect(health.status == 503 && prediction.status == 503)
        }
    }

    @Test func unknownPathIs404() async throws {
        try await withServer(model: servedModel()) { client, _ in
            let answer = try await client.get("/nothing")
            #expect(answer.status == 404)
            #expect(answer.body == #"{"detail":"Not Found"}"#)
        }
    }

    @Test(arguments: [("GET", "/predict", "post"), ("POST", "/health", "get"), ("DELETE", "/predict", "post")])
    func otherMethodsAre405AndNameTheRightOne(method: String, path: String, allowed: String) async throws {
        try await withServer(model: servedModel()) { client, _ in
            let answer = try await client.send(method, path, body: nil)
            #expect(answer.status == 405)
            #expect(answer.headers.contains("allow: \(allowed)"))
        }
    }

    @Test func bodyAboveTheLimitIs413() async throws {
        try await withServer(model: servedModel(), bodyLimit: 1000) { client, _ in
            let answer = try await client.send("POST", "/predict", body: Array(repeating: 0x20, count: 1001))
            #expect(answer.status == 413)
            #expect(answer.body == #"{"detail":"body is larger than 1000 bytes"}"#)
        }
    }

    @Test func chunkedBodyAboveTheLimitIs413() async throws {
        let head = "POST /predict HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        let body = "3e9\r\n" + String(repeating: " ", count: 1001) + "\r\n0\r\n\r\n"
        try await withServer(model: servedModel(), bodyLimit: 1000) { client, _ in
            let answer = try await client.exchange(Array((head + body).utf8))
            #expect(answer.status == 413)
        }
    }

    @Test func portInUseSaysWhatToDo() async throws {
        try await withServer(model: servedModel()) { client, _ in
            let fault = await #expect(throws: ServerFault.self) { try await PredictionServer(model: nil, port: client.port).run() }
            #expect(fault?.description.hasPrefix("port \(client.port) is already in use on 127.0.0.1; choose another with --port") == true)
        }
    }

    @Test func portThatDoesNotExistIsRefused() async {
        await #expect(throws: ServerFault.self) { try await PredictionServer(model: nil, port: 70_000).run() }
    }
}
