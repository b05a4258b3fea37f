import Columnar
import Foundation
import PredictionServer
import Testing

@Suite struct PredictionTests {
    private let good = #"{"daily_return":0.012,"ma_7":1510.5,"third":0.25}"#

    @Test func answerHasExactlyThreeMembersAtFullPrecision() async throws {
        let probability = probability(of: [0.012, 1510.5, 0.25])
        try await withServer() { running in
            let answer = try await running.client.predict(good)
            #expect(answer.status == 200)
            #expect(answer.body == #"{"prediction":1,"probability":\#(probability),"model_version":"v1"}"#)
            #expect(answer.headers.contains("content-type: application/json"))
        }
    }

    @Test(arguments: [
        #"{"third":0.25,"ma_7":1510.5,"daily_return":0.012}"#,
        " {\n\t\"daily_return\" : 1.2e-2 ,\r\n \"ma_7\": 15105E-1, \"third\": 0.25 } \n",
        #"{"daily\u005freturn":0.012,"ma_7":1510.5,"third":2.5e-1}"#,
        #"{"daily_return":0.01200000000000000000000,"ma_7":1510.50,"third":0.250}"#,
    ])
    func otherSpellingsOfOneBodyGetTheSameAnswer(body: String) async throws {
        try await withServer() { running in
            let (answer, expected) = (try await running.client.predict(body), try await running.client.predict(good))
            #expect(answer.body == expected.body)
        }
    }

    @Test(arguments: [nil, "text/plain", "application/x-www-form-urlencoded"])
    func contentTypeDoesNotMatterIfTheBodyIsJSON(contentType: String?) async throws {
        try await withServer() { running in
            let answer = try await running.client.predict(good, contentType: contentType)
            #expect(answer.status == 200)
        }
    }

    @Test func oneConnectionAnswersManyRequests() async throws {
        let request = "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: \(good.utf8.count)\r\n\r\n\(good)"
        let last = "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        try await withServer() { running in
            let answer = try await running.client.exchange(Array((request + request + last).utf8))
            #expect((answer.headers + answer.body).lowercased().components(separatedBy: "http/1.1 200 ok").count == 4)
        }
    }

    @Test func arrayOfRowsGetsAnArrayInTheSameOrder() async throws {
        let (first, second) = (probability(of: [0.012, 1510.5, 0.25]), probability(of: [-0.5, 1200, 3]))
        try await withServer { running in
            let answer = try await running.client.predict("[\(good),{\"ma_7\":1200,\"daily_return\":-0.5,\"third\":3}]")
            let expected = [first, second].map {
                "{\"prediction\":\($0 >= 0.5 ? 1 : 0),\"probability\":\($0),\"model_version\":\"v1\"}"
            }
            #expect(answer.status == 200 && answer.body == "[\(expected.joined(separator: ","))]")
        }
    }

    @Test(arguments: [DataType.double, .int])
    func emptyArrayGetsAnEmptyOne(third: DataType) async throws {
        try await withServer([servedModel(third: third)]) { running in
            let answer = try await running.client.predict("[]")
            #expect(answer.status == 200 && answer.body == "[]")
        }
    }

    @Test func boolFeatureTakesTrueAndFalse() async throws {
        let probability = probability(of: [0.012, 1510.5, 1])
        try await withServer([servedModel(third: .bool)]) { running in
            let answer = try await running.client.predict(#"{"daily_return":0.012,"ma_7":1510.5,"third":true}"#)
            #expect(answer.body.contains("\"probability\":\(probability),"))
        }
    }
}
