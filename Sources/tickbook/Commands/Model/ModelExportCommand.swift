import ArgumentParser
import Foundation
import Learning
import Runtime

struct ModelExportCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case onnx, native }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a model as one file for other programs.",
        discussion: "onnx: rows of doubles `features` to `label` and `probabilities`, for any ONNX runtime; logistic regressions and"
            + " LightGBM's trees. native: what the registry keeps of the fit, JSON, or the plugin's own format, for LightGBM its text.")

    @Argument(help: "The model: NAME for its newest version, NAME@ALIAS, or NAME:vN.", transform: ModelSelector.argument)
    var model: ModelSelector
    @Option(help: "The file's format.")
    var format = Format.onnx
    @Option(name: .customLong("to"), help: "The file to write.")
    var file: String
    @Flag(help: "Write over a file that is there.")
    var replace = false
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        try FaultText.reporting {
            let registry = workspace.value.models
            let version = try registry.version(of: model)
            guard !workspace.value.keeps(URL(fileURLWithPath: file).path) else { throw CommandFault.fileAmongTables(file) }
            let whole = try WholeFile(file, replaces: replace)
            let content =
                switch format {
                case .onnx: try ONNXExport.file(registry.load(model.name, version: version))
                case .native: try registry.nativeFile(model.name, version: version)
                }
            try whole.write([UInt8](content))
            guard file != WholeFile.standardOutput else { return }
            Terminal.print("\(file): \(model.name) v\(version) as \(format.rawValue), \(content.count.inBytes)")
        }
    }
}
