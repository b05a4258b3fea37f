import CPluginABI
import Columnar
import Indicators
import Language

/// One indicator of a plugin's table, its members checked.
///
/// Unchecked sendability: the table is immutable and lives as long as the process (rules 0 and 7 of tickbook_plugin.h).
struct NativeIndicator: @unchecked Sendable {
    /// Windows beyond this count as mistakes of the plugin.
    private static let longestWindow: Int64 = 1 << 24

    let name: String
    let plugin: String
    let inputCount: Int
    let outputCount: Int
    let table: UnsafePointer<tickbook_indicator>
    private let documentation: String
    private let inputs: [String]
    private let outputs: [String]
    private let parameters: [SeriesFunction.Parameter]

    init(_ table: UnsafePointer<tickbook_indicator>, plugin: String) throws(PluginFault) {
        let content = table.pointee
        let name = content.name.map { String(cString: $0) } ?? ""
        let wrong = { (reason: String) in
            PluginFault("indicator '\(name)' of plugin '\(plugin)' is wrong: \(reason)", remedy: "mend its table and build it again")
        }
        guard content.size >= MemoryLayout<tickbook_indicator>.size else { throw wrong("its size is \(content.size)") }
        guard name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil else {
            throw wrong("its name must be a word of lower-case letters, digits and underscores")
        }
        guard content.window != nil, content.create != nil, content.update != nil, content.saved_size != nil, content.save != nil,
            content.restore != nil, content.destroy != nil
        else { throw wrong("one of its functions is a null pointer") }
        guard content.input_count > 0 else { throw wrong("it has no series") }
        guard let documentation = content.documentation else { throw wrong("it has no documentation") }
        guard let inputs = NativeParameters.words(content.inputs, content.input_count),
            let outputs = NativeParameters.words(content.outputs, content.output_count)
        else { throw wrong("a name of a series or result is a null pointer") }
        guard let parameters = NativeParameters.read(content.parameters, content.parameter_count) else {
            throw wrong("a parameter is not one of an int, a double or a bool with a name")
        }
        let names = inputs + parameters.map(\.name)
        guard Set(names).count == names.count, Set(outputs).count == outputs.count else {
            throw wrong("two of its arguments or results share a name")
        }
        self.name = name
        self.plugin = plugin
        self.table = table
        self.documentation = String(cString: documentation)
        self.inputs = inputs
        self.outputs = outputs
        self.parameters = parameters
        inputCount = inputs.count
        outputCount = max(1, outputs.count)
    }

    /// The indicator as the checker and the stage know functions. Its identity holds a digest of the code.
    func definition(hash: String) -> SeriesDefinition {
        SeriesDefinition(
            function: SeriesFunction(
                name: name, documentation: documentation, inputs: inputs.map { ($0, .double) }, parameters: parameters,
                resultType: { _ in .double },
                window: { (try? window($0).get()) ?? .wholeHistory },
                mismatch: { values in
                    guard case .failure(let fault) = window(values) else { return nil }
                    return (parameters.first?.name ?? "", "values that go together (\(fault.reason))")
                },
                outputs: outputs, identity: "\(plugin)@\(hash.prefix(12)).\(name)"),
            makeKernel: { _, values in try NativeKernel(self, parameters: NativeParameters.numbers(values)) })
    }

    func failure(_ message: String) -> SeriesFault { .failed(function: name, plugin: plugin, reason: message) }

    private struct WindowFault: Error { let reason: String }

    private func window(_ values: [Value]) -> Result<Window, WindowFault> {
        var window = tickbook_window()
        var code: Int32 = 0
        let numbers = NativeParameters.numbers(values)
        let message = NativeMessage.collecting { code = table.pointee.window(table, numbers, &window, $0) }
        guard code == 0 else { return .failure(WindowFault(reason: message)) }
        let limits = 0...Self.longestWindow
        guard limits.contains(window.look_ahead), window.is_recursive != 0 || limits.contains(window.look_back) else {
            return .failure(WindowFault(reason: "a window is 0 to \(Self.longestWindow) rows"))
        }
        let lookAhead = Int(window.look_ahead)
        return .success(
            window.is_recursive != 0
                ? .recursive(lookAhead: lookAhead) : .finite(lookBack: Int(window.look_back), lookAhead: lookAhead))
    }
}
