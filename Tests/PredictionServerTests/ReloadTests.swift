import Foundation
import Learning
import PredictionServer
import Testing

@Suite struct ReloadTests {
    private let good = #"{"daily_return":0.012,"ma_7":1510.5,"third":0.25}"#

    @Test func latestVersionIsTakenOver() async throws {
        try await withServer { running in
            running.models.add(servedModel(version: 2))
            running.server.reload()
            let answer = try await running.client.predict(good)
            #expect(answer.body.hasSuffix(#""model_version":"v2"}"#))
            #expect(answer.headers.contains("x-model-version: v2"))
        }
    }

    @Test func aliasIsFollowedInBothDirections() async throws {
        let models = [servedModel(version: 1), servedModel(version: 2)]
        try await withServer(models, selectors: [ModelSelector(parsing: "stock_direction@champion")!], aliases: ["champion": 2]) {
            running in
            let before = try await running.client.predict(good)
            running.models.point("champion", at: 1)
            running.server.reload()
            let after = try await running.client.predict(good)
            #expect(before.body.contains("\"v2\"") && after.body.contains("\"v1\""))
        }
    }

    @Test func failedReloadLeavesTheVersionBefore() async throws {
        let selector = ModelSelector(parsing: "stock_direction@champion")!
        try await withServer(selectors: [selector], aliases: ["champion": 1]) { running in
            running.models.point("champion", at: 9)
            running.server.reload()
            let answer = try await running.client.predict(good)
            let metrics = try await running.client.get("/metrics")
            #expect(answer.body.contains("\"v1\""))
            #expect(metrics.body.contains(#"tickbook_model_reload_failures_total{model="stock_direction@champion"} 1"#))
        }
    }

    @Test func noRequestFailsWhileVersionsChange() async throws {
        try await withServer { running in
            let statuses = try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var statuses: [Int] = []
                        for _ in 0..<100 { statuses.append(try await running.client.predict(good).status) }
                        return statuses
                    }
                }
                for version in 2...200 {
                    running.models.add(servedModel(version: version))
                    running.server.reload()
                    await Task.yield()
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(statuses.count == 400 && statuses.allSatisfy { $0 == 200 })
        }
    }

    @Test(arguments: ["/predict", "/models/stock_direction/predict"])
    func firstModelAnswersWhereNoneIsNamed(path: String) async throws {
        try await withServer([servedModel(), servedModel("other", version: 7)], selectors: selectors) { running in
            let answer = try await running.client.post(path, good)
            #expect(answer.headers.contains("x-model: stock_direction"))
        }
    }

    @Test func eachModelAnswersAtItsName() async throws {
        try await withServer([servedModel(), servedModel("other", version: 7)], selectors: selectors) { running in
            let (answer, list) = (try await running.client.post("/models/other/predict", good), try await running.client.get("/models"))
            #expect(answer.body.contains("\"v7\""))
            #expect(list.body.contains(#""name":"other","served_as":"other:v7","predict":"/models/other/predict","model_version":"v7""#))
        }
    }

    @Test func unknownModelNamesThoseThereAre() async throws {
        try await withServer { running in
            let answer = try await running.client.post("/models/nothing/predict", good)
            #expect(answer.status == 404 && answer.body.contains("there are stock_direction"))
        }
    }

    @Test(arguments: ["", "@", "a@", "a:", "a:v0", "a:x", ":3", "a@b c"])
    func selectorsOfNoFormAreRefused(text: String) { #expect(ModelSelector(parsing: text) == nil) }

    @Test(arguments: [
        ("a", ModelSelector("a")), ("a@b-1", ModelSelector("a", .alias("b-1"))), ("a:v3", ModelSelector("a", .version(3))),
        ("a.b:12", ModelSelector("a.b", .version(12))),
    ])
    func selectorIsReadFromText(text: String, selector: ModelSelector) { #expect(ModelSelector(parsing: text) == selector) }

    private var selectors: [ModelSelector] { [ModelSelector("stock_direction"), ModelSelector(parsing: "other:7")!] }
}
