import ArgumentParser
import Foundation
import Learning
import Runtime

struct ModelCompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Put two versions side by side: in what their definitions differ, and how good each is.",
        discussion: "tickbook model compare stock_direction v1 v2; tickbook model compare stock_direction:v1 stock_direction@champion."
            + " Where the workspace has one model, v1 v2 will do.")

    @Argument(help: ArgumentHelp("Two versions, NAME:vN or NAME@ALIAS; or the model and two of vN, ALIAS.", valueName: "versions"))
    var versions: [String]
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        guard (2...3).contains(versions.count) else {
            throw ValidationError("compare expects two versions, as in stock_direction:v1 stock_direction:v2; found \(versions.count).")
        }
    }

    func run() throws {
        try FaultText.reporting {
            let registry = workspace.value.models
            let (first, second) = try selectors(in: registry)
            let (one, other) = (try registry.record(first), try registry.record(second))
            guard one.name != other.name || one.version != other.version else {
                throw ValidationError(
                    "\(first) and \(second) are both \(one.versionName), so there is nothing to compare; name two versions, as in"
                        + " \(one.name) v1 v2.")
            }
            let comparison = ModelComparison(one, other)
            json ? Terminal.print(try ModelText.json(comparison.content, pretty: true)) : comparison.print()
        }
    }

    private func selectors(in registry: ModelRegistry) throws -> (ModelSelector, ModelSelector) {
        if versions.count == 3 {
            return (try version(versions[1], of: versions[0]), try version(versions[2], of: versions[0]))
        }
        guard versions.allSatisfy(Self.isVersion) else {
            let first = try ModelSelector.argument(versions[0])
            return (first, Self.isVersion(versions[1]) ? try version(versions[1], of: first.name) : try ModelSelector.argument(versions[1]))
        }
        let models = try registry.list().map(\.name)
        guard models.count == 1 else {
            let known = models.isEmpty ? "There are no models yet" : "There are \(models.joined(separator: ", "))"
            throw ValidationError("\(known); name the model first, as in stock_direction \(versions.joined(separator: " ")).")
        }
        return (try version(versions[0], of: models[0]), try version(versions[1], of: models[0]))
    }

    private static func isVersion(_ text: String) -> Bool { text.wholeMatch(of: /v[0-9]+/) != nil }

    private func version(_ text: String, of name: String) throws -> ModelSelector {
        try ModelSelector.argument(Self.isVersion(text) ? "\(name):\(text)" : text.hasPrefix("@") ? name + text : "\(name)@\(text)")
    }
}
