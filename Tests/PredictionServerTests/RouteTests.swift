import Foundation
import Learning
import PredictionServer
import Testing

@Suite struct RouteTests {
    @Test func healthNamesModelAndVersion() async throws {
        try await withServer { running in
            let answer = try await running.client.get("/health")
            #expect(answer.status == 200)
            #expect(answer.body == #"{"status":"ok","model":"stock_direction","model_version":"v1"}"#)
        }
    }

    @Test func unknownPathIs404() async throws {
        try await withServer { running in
            let answer = try await running.client.get("/nothing")
            #expect(answer.status == 404)
            #expect(answer.body == #"{"detail":"Not Found"}"#)
        }
    }

    @Test(arguments: [("GET", "/predict", "post"), ("POST", "/health", "get"), ("DELETE", "/predict", "post")])
    func otherMethodsAre405AndNameTheRightOne(method: String, path: String, allowed: String) async throws {
        try await withServer { running in
            let answer = try await running.client.send(method, path, body: nil)
            #expect(answer.status == 405)
            #expect(answer.headers.contains("allow: \(allowed)"))
        }
    }

    @Test func bodyAboveTheLimitIs413() async throws {
        try await withServer(settings: Self.small) { running in
            let answer = try await running.client.send("POST", "/predict", body: Array(repeating: 0x20, count: 1001))
            #expect(answer.status == 413)
            #expect(answer.body == #"{"detail":"body is larger than 1000 bytes"}"#)
        }
    }

    @Test func chunkedBodyAboveTheLimitIs413() async throws {
        let head = "POST /predict HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        let body = "3e9\r\n" + String(repeating: " ", count: 1001) + "\r\n0\r\n\r\n"
        try await withServer(settings: Self.small) { running in
            let answer = try await running.client.exchange(Array((head + body).utf8))
            #expect(answer.status == 413)
        }
    }

    @Test func portInUseSaysWhatToDo() async throws {
        try await withServer { running in
            var settings = ServerSettings()
            settings.port = running.client.port
            let fault = await fault(of: settings)
            #expect(
                fault?.hasPrefix("port \(settings.port) is already in use on 127.0.0.1; choose another with --port") == true)
        }
    }

    @Test func portThatDoesNotExistIsRefused() async {
        var settings = ServerSettings()
        settings.port = 70_000
        #expect(await fault(of: settings)?.hasPrefix("port 70000 does not exist") == true)
    }

    @Test func listeningBeyondThisMachineNeedsKeys() async {
        var settings = ServerSettings()
        settings.host = "0.0.0.0"
        #expect(await fault(of: settings)?.contains("--api-key-file") == true)
    }

    private static var small: ServerSettings {
        var settings = ServerSettings()
        settings.bodyLimit = 1000
        return settings
    }

    private func fault(of settings: ServerSettings) async -> String? {
        await #expect(throws: ServerFault.self) {
            try await PredictionServer([ModelSelector("stock_direction")], from: InMemoryModels([servedModel()]), settings: settings).run()
        }?.description
    }
}
