import ArgumentParser
import Learning
import Runtime

struct ModelVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read every file of models again and compare it with its SHA-256.",
        discussion: "Files that are missing, altered or not the fit's are named, and the command ends with exit code 1.")

    @Argument(help: "Names of models; without any, all models.")
    var names: [String] = []
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        try FaultText.reporting {
            let registry = workspace.value.models
            let names = try names.isEmpty ? registry.list().map(\.name) : names
            let found = try names.flatMap(registry.verify)
            for version in found { report(version) }
            guard found.allSatisfy(\.problems.isEmpty) else { throw FaultText.failed }
        }
    }

    private func report(_ found: ModelVerification) {
        let part = found.version.map { "v\($0)" } ?? "aliases"
        for problem in found.problems { Terminal.print("\(found.name) \(part): \(problem)") }
        guard found.problems.isEmpty else { return }
        Terminal.print("\(found.name) \(part): sound" + (found.isSealed ? "" : "; of before there were checksums to compare"))
    }
}
