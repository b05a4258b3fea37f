import CPluginABI
package import Columnar
package import Language

/// One kind of model of a plugin's table, its members checked: fits to rows, and takes up what it fitted.
///
/// Unchecked sendability: the table is immutable and lives as long as the process (rules 0 and 7 of tickbook_plugin.h).
package struct NativeModel: @unchecked Sendable {
    package let function: ModelFunction
    package let plugin: String
    package let version: String
    /// SHA-256 of the plugin's library.
    package let hash: String
    private let table: UnsafePointer<tickbook_model>

    package var name: String { function.name }
    package var parameterNames: [String] { function.parameters.map(\.name) }

    init(_ table: UnsafePointer<tickbook_model>, plugin: PluginManifest, hash: String) throws(PluginFault) {
        let content = table.pointee
        let name = content.name.map { String(cString: $0) } ?? ""
        let wrong = { (reason: String) in
            PluginFault("model '\(name)' of plugin '\(plugin.name)' is wrong: \(reason)", remedy: "mend its table and build it again")
        }
        guard content.size >= MemoryLayout<tickbook_model>.size else { throw wrong("its size is \(content.size)") }
        guard name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil else {
            throw wrong("its name must be a word of lower-case letters, digits and underscores")
        }
        guard content.fit != nil, content.release != nil, content.load != nil, content.predict != nil, content.destroy != nil else {
            throw wrong("one of its functions is a null pointer")
        }
        guard let documentation = content.documentation else { throw wrong("it has no documentation") }
        guard let parameters = NativeParameters.read(content.parameters, content.parameter_count) else {
            throw wrong("a parameter is not one of an int, a double or a bool with a name")
        }
        guard Set(parameters.map(\.name)).count == parameters.count else { throw wrong("two of its parameters share a name") }
        function = ModelFunction(
            name: name, documentation: String(cString: documentation), parameters: parameters,
            identity: "\(plugin.name)@\(hash.prefix(12)).\(name)")
        self.plugin = plugin.name
        version = plugin.version
        self.hash = hash
        self.table = table
    }

    /// Fits to all rows of `samples`; the bytes are all that `load` needs. What reading the samples throws is thrown on.
    package func fit(_ samples: any ModelSamples, parameters: [Value]) throws -> [UInt8] {
        let reading = SampleReading(samples)
        var bytes: UnsafeMutablePointer<UInt8>?
        var byteCount = 0
        var code: Int32 = 0
        let message = reading.withTable { rows in
            NativeMessage.collecting {
                code = table.pointee.fit(table, NativeParameters.numbers(parameters), rows, &bytes, &byteCount, $0)
            }
        }
        defer { if let bytes { PluginCall.run { table.pointee.release(bytes) } } }
        if let fault = reading.fault { throw fault }
        guard code == 0 else { throw ModelFault(model: self, reason: message) }
        guard let bytes, byteCount > 0 else { throw ModelFault(model: self, reason: "it fitted nothing") }
        return Array(UnsafeBufferPointer(start: bytes, count: byteCount))
    }

    /// Takes up what `fit` made of rows with so many features.
    package func load(_ bytes: [UInt8], featureCount: Int) throws(ModelFault) -> FittedNativeModel {
        var fitted: UnsafeMutableRawPointer?
        var code: Int32 = 0
        let message = NativeMessage.collecting { message in
            code = bytes.withUnsafeBufferPointer { table.pointee.load(table, $0.baseAddress, $0.count, featureCount, &fitted, message) }
        }
        guard code == 0, let fitted else { throw ModelFault(model: self, reason: message) }
        return FittedNativeModel(model: self, table: table, fitted: fitted)
    }
}

/// What a plugin's model says it can't do.
package struct ModelFault: Error, Hashable, CustomStringConvertible {
    package let model: String
    package let plugin: String
    package let reason: String

    init(model: NativeModel, reason: String) {
        self.model = model.function.name
        plugin = model.plugin
        self.reason = reason
    }

    package var description: String { "\(model) of plugin '\(plugin)': \(reason)" }
}

/// A plugin's model after its fit, ready to predict; used by several threads at the same time.
package final class FittedNativeModel: @unchecked Sendable {
    private let model: NativeModel
    private let table: UnsafePointer<tickbook_model>
    private let fitted: UnsafeMutableRawPointer

    fileprivate init(model: NativeModel, table: UnsafePointer<tickbook_model>, fitted: UnsafeMutableRawPointer) {
        self.model = model
        self.table = table
        self.fitted = fitted
    }

    deinit { PluginCall.run { table.pointee.destroy(fitted) } }

    /// The probability of 1 of `count` rows, from 0 to 1; `columns[feature][row]` are finite.
    package func predict(
        _ columns: [UnsafePointer<Double>], count: Int, into probabilities: UnsafeMutablePointer<Double>
    ) throws(ModelFault) {
        guard count > 0 else { return }
        let pointers = columns.map { Optional($0) }
        var code: Int32 = 0
        let message = NativeMessage.collecting { code = table.pointee.predict(fitted, pointers, count, probabilities, $0) }
        guard code == 0 else { throw ModelFault(model: model, reason: message) }
        for row in 0..<count where !(0...1).contains(probabilities[row]) {
            throw ModelFault(model: model, reason: "it gives the probability \(probabilities[row])")
        }
    }
}
