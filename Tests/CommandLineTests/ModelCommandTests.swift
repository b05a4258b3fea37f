import ChildPrograms
import Foundation
import Testing

/// `tickbook model …` on the sample notebook fitted twice, as its user sees it. One story, since a workspace takes seconds to make.
@Suite(.serialized) struct ModelCommandTests {
    nonisolated(unsafe) private static let shared = Result { () throws -> CommandLine in
        let line = try CommandLine.sample()
        for horizon in ["1", "5"] {
            let run = try line.tickbook("run", "notebook.md", "--no-serve", "-p", "horizon=\(horizon)")
            guard run.code == 0 else { throw CocoaError(.executableLoad, userInfo: [NSLocalizedDescriptionKey: run.errors]) }
        }
        return line
    }

    private let line: CommandLine

    init() throws { line = try Self.shared.get() }

    @Test func theCardShowsFormulasAndFigures() throws {
        let card = try done("model", "show", "stock_direction:v2").output
        for part in [
            "target      up = next(close, 5) > close", "inputs      curated.stocks.indicators v0",
            "daily_return   double", "change(close)", "stddev(change(close), 14)", "curated.stocks.indicators",
            "majority", "Test rows by entity", "AAPL", "Calibration of the test rows", "came true",
        ] { #expect(card.contains(part), "\(part) is not in\n\(card)") }
    }

    @Test func theCardAsJSONHoldsAll() throws {
        let text = try done("model", "show", "stock_direction:v1", "--json").output
        let card = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let metadata = try #require(card["metadata"] as? [String: Any])
        let definitions = try #require(metadata["definitions"] as? [String: [String: String]])
        #expect(definitions["ma_7"] == ["formula": "sma(close, 7)", "table": "curated.stocks.indicators"])
        #expect(card["version"] as? String == "v1" && card["logistic"] is [String: Any])
    }

    @Test(arguments: [["v1", "v2"], ["stock_direction", "v1", "v2"], ["stock_direction:v1", "stock_direction:v2"]])
    func versionsStandSideBySide(_ versions: [String]) throws {
        let compared = try done(["model", "compare"] + versions).output
        #expect(compared.contains("stock_direction v1") && compared.contains("stock_direction v2"))
        #expect(compared.contains("up = next(close) > close") && compared.contains("up = next(close, 5) > close"))
        #expect(compared.contains("log loss") && compared.contains("difference"))
        #expect(!compared.contains("feature ma_7"), "equal features do not show")
    }

    @Test func anAliasIsMovedServedBackAndTakenAway() throws {
        #expect(try done("model", "promote", "stock_direction:v1", "--as", "champion").output == "stock_direction@champion: none → v1\n")
        #expect(try done("model", "promote", "stock_direction:v2", "--as", "champion").output == "stock_direction@champion: v1 → v2\n")
        #expect(try done("model", "list").output.contains("champion=v2"))
        #expect(try done("model", "rollback", "stock_direction", "--as", "champion").output == "stock_direction@champion: v2 → v1\n")
        #expect(try done("model", "show", "stock_direction@champion").lines[0].hasSuffix("stock_direction v1 (champion)"))
        let removed = try done("model", "rollback", "stock_direction", "--as", "champion", "--remove")
        #expect(removed.output == "stock_direction@champion: v1 → none\n")
    }

    @Test func exportedFilesAreNotWrittenOver() throws {
        #expect(
            try done("model", "export", "stock_direction:v1", "--to", "model.onnx").output.hasPrefix(
                "model.onnx: stock_direction v1 as onnx"))
        try done("model", "export", "stock_direction:v1", "--format", "native", "--to", "model.json")
        let again = try line.tickbook("model", "export", "stock_direction", "--to", "model.onnx")
        #expect(again.code == 1 && again.errors.contains("model.onnx is there already"), "\(again.errors)")
        let native = try Data(contentsOf: URL(fileURLWithPath: line.path + "/model.json"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: line.path + "/models/stock_direction/v1/model.json")) == native)
    }

    @Test(arguments: ["models/stock_direction/v1/model.json", "data/model.json", "way/stock_direction/v1/model.json"])
    func exportsNeverTouchTablesAndModels(_ path: String) throws {
        let way = line.path + "/way"
        try? FileManager.default.removeItem(atPath: way)
        try FileManager.default.createSymbolicLink(atPath: way, withDestinationPath: "models")
        defer { try? FileManager.default.removeItem(atPath: way) }
        let ended = try line.tickbook("model", "export", "stock_direction:v2", "--format", "native", "--replace", "--to", path)
        #expect(ended.code == 1 && ended.errors.contains("among the workspace's tables and models"), "\(ended.errors)")
        #expect(try done("model", "verify").output.contains("stock_direction v1: sound"))
    }

    @Test(
        arguments: [
            (["show", "nix"], 1, "there is no model nix"), (["show", "stock_direction:v9"], 1, "it has v1, v2"),
            (["show", "stock_direction:x"], 2, "\"x\" is no version of stock_direction"),
            (["promote", "stock_direction:v1", "--as", "v2"], 2, "looks like a version"),
            (["promote", "stock_direction:v7", "--as", "champion"], 1, "has no version v7"),
            (["promote", "stock_direction:v1"], 2, "--as"), (["rollback", "stock_direction", "--as", "nobody"], 1, "has no alias nobody"),
            (["compare", "v1"], 2, "expects two versions"), (["verify", "nix"], 1, "there is no model nix"),
            (["export", "stock_direction"], 2, "--to"), (["export", "stock_direction", "--to", "nowhere/m.onnx"], 1, "nowhere': No such file"),
            (["list", "extra"], 2, "extra"),
        ] as [([String], Int32, String)])
    func aWrongCommandSaysWhatWasExpected(_ arguments: [String], _ code: Int32, _ message: String) throws {
        let ended = try CommandLine.run(CommandLine.program, ["model"] + arguments, in: line.path)
        #expect(ended.code == code && ended.errors.contains(message), "\(ended.code): \(ended.errors)")
    }

    @Test func aDamagedModelIsFoundAndHidesNoOther() throws {
        let models = line.path + "/models"
        try FileManager.default.copyItem(atPath: models + "/stock_direction", toPath: models + "/damaged")
        defer { try? FileManager.default.removeItem(atPath: models + "/damaged") }
        try FileManager.default.removeItem(atPath: models + "/damaged/v2/metadata.json")
        let list = try done("model", "list")
        #expect(list.lines.count == 3 && list.output.contains("stock_direction") && list.errors.contains("metadata.json is missing"))
        let verified = try line.tickbook("model", "verify")
        #expect(verified.code == 1 && verified.output.contains("stock_direction v1: sound"), "\(verified.output)")
        #expect(verified.output.contains("damaged v2: \(models)/damaged/v2/metadata.json is missing"), "\(verified.output)")
    }

    @discardableResult
    private func done(_ arguments: String...) throws -> Ended { try done(arguments) }

    private func done(_ arguments: [String]) throws -> Ended {
        let ended = try CommandLine.run(CommandLine.program, arguments, in: line.path)
        #expect(ended.code == 0, "\(arguments): \(ended.errors)")
        return ended
    }
}
