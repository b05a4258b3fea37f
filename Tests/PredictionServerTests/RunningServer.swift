import Columnar
import Foundation
import Learning
import PredictionServer

/// A served model with three features: a double, a double and a third of the type given.
func servedModel(version: Int = 1, third: DataType = .double) throws -> LoadedModel {
    let features = ["daily_return", "ma_7", "third"]
    let model = LogisticModel(
        features: features, means: [0, 1500, 0.5], scales: [0.02, 100, 1], coefficients: [0.3, -0.2, 0.1], intercept: 0.01)
    let fields = features.map { Field($0, $0 == "third" ? third : .double) }
    let metadata = try JSONDecoder().decode(ModelMetadata.self, from: Data(metadataText(fields).utf8))
    return LoadedModel(name: "stock_direction", version: version, model: model, metadata: metadata)
}

private func metadataText(_ fields: [Field]) -> String {
    let features = fields.map { #"{"name":"\#($0.name)","type":"\#($0.type.rawValue)"}"# }.joined(separator: ",")
    let metrics = #"{"rows":1,"accuracy":1,"logLoss":0,"brierScore":0,"baseRate":0.5,"majorityAccuracy":0.5}"#
    let rows = #"{"train":1,"test":0,"purged":0,"unusable":{"total":0,"byColumn":{}},"trainPositives":1,"testPositives":0}"#
    return #"""
        {"name":"stock_direction","features":[\#(features)],"target":"up","inputVersions":{},"definitionHash":"",
         "report":{"rows":\#(rows),"trainMetrics":\#(metrics),"iterations":1,"gradientSize":0,"warnings":[]},
         "logistic":{"inverseRegularization":1,"penalty":"l2","tolerance":1e-8,"maximumIterations":100,"threshold":0.5},
         "engine":"","libraryVersion":"","created":""}
        """#
}

/// Runs a server on a free port for as long as `body` takes.
func withServer(
    model: LoadedModel?, bodyLimit: Int = 1 << 20, _ body: @Sendable (HTTPClient, PredictionServer) async throws -> Void
) async throws {
    let (ports, report) = AsyncStream.makeStream(of: Int.self)
    let server = PredictionServer(model: model, port: 0, bodyLimit: bodyLimit) { port in report.yield(port) }
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { report.finish() }
            try await server.run()
        }
        for await port in ports {
            try await body(HTTPClient(port: port), server)
            break
        }
        group.cancelAll()
        while let _ = try? await group.next() {}
    }
}
