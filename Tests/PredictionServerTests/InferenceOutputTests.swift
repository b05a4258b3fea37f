import Foundation
import PredictionServer
import Testing

/// Which outputs a request of the Open Inference Protocol gets.
@Suite struct InferenceOutputTests {
    @Test(arguments: [
        ("", ["probability", "prediction"]), (#","outputs":[{"name":"prediction"}]"#, ["prediction"]),
        (#","outputs":[{"name":"prediction"},{"name":"probability"}]"#, ["prediction", "probability"]),
    ])
    func outputsAreThoseAskedFor(outputs: String, expected: [String]) async throws {
        try await withServer { running in
            let answer = try await infer(outputs, running)
            let tree = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
            let given = try #require(tree["outputs"] as? [[String: Any]])
            #expect(answer.status == 200 && given.compactMap { $0["name"] as? String } == expected)
        }
    }

    @Test(arguments: [#","outputs":[{"name":"odds"}]"#, #","outputs":[{}]"#, #","outputs":"prediction""#])
    func unknownOutputsAre400(outputs: String) async throws {
        try await withServer { running in
            let answer = try await infer(outputs, running)
            #expect(answer.status == 400 && answer.body.contains("output"))
        }
    }

    private func infer(_ outputs: String, _ running: RunningServer) async throws -> HTTPAnswer {
        let inputs = ["daily_return", "ma_7", "third"].map { #"{"name":"\#($0)","datatype":"FP64","shape":[1],"data":[0.5]}"# }
        let body = #"{"inputs":[\#(inputs.joined(separator: ","))]\#(outputs)}"#
        return try await running.client.send("POST", "/v2/models/stock_direction/infer", body: Array(body.utf8))
    }
}
