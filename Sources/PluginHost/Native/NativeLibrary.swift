import CPluginABI
import Foundation
import Indicators
import Language

/// A plugin's shared library, opened for the rest of the process.
struct NativeLibrary {
    private let table: UnsafePointer<tickbook_plugin>
    private let folder: PluginFolder

    /// Opens the library and asks it for its table.
    init(_ folder: PluginFolder) throws(PluginFault) {
        self.folder = folder
        guard folder.isBuilt else { throw folder.notBuilt }
        guard let handle = PluginCall.run({ dlopen(folder.libraryPath, RTLD_NOW | RTLD_LOCAL) }) else {
            throw Self.unloadable(folder, String(cString: dlerror()))
        }
        guard let symbol = dlsym(handle, TICKBOOK_ENTRY_POINT) else {
            throw PluginFault(
                "its library \(folder.libraryPath) doesn't export \(TICKBOOK_ENTRY_POINT)",
                remedy: "define that function as tickbook_plugin.h declares it, then \(Self.rebuild(folder))")
        }
        typealias Entry = @convention(c) (UnsafeMutablePointer<CChar>?) -> UnsafePointer<tickbook_plugin>?
        let entry = unsafeBitCast(symbol, to: Entry.self)
        var table: UnsafePointer<tickbook_plugin>?
        let message = NativeMessage.collecting { table = entry($0) }
        guard let table else {
            throw PluginFault("plugin '\(folder.manifest.name)' declines: \(message)", remedy: "see the plugin's README")
        }
        self.table = table
        try check()
    }

    func definitions(hash: String) throws(PluginFault) -> [SeriesDefinition] {
        var found: [SeriesDefinition] = []
        for index in 0..<table.pointee.indicator_count {
            guard let indicator = table.pointee.indicators[index] else { throw wrongTable("indicator \(index + 1) is a null pointer") }
            let native = try NativeIndicator(indicator, plugin: folder.manifest.name)
            guard !found.contains(where: { $0.function.name == native.name }) else {
                throw wrongTable("it has two indicators '\(native.name)'")
            }
            found.append(native.definition(hash: hash))
        }
        return found
    }

    func models(hash: String) throws(PluginFault) -> [NativeModel] {
        guard hasModels else { return [] }
        var found: [NativeModel] = []
        for index in 0..<table.pointee.model_count {
            guard let model = table.pointee.models[index] else { throw wrongTable("model \(index + 1) is a null pointer") }
            let native = try NativeModel(model, plugin: folder.manifest, hash: hash)
            guard !found.contains(where: { $0.function.name == native.function.name }) else {
                throw wrongTable("it has two models '\(native.function.name)'")
            }
            found.append(native)
        }
        return found
    }

    /// Plugins built before there were models have a shorter table, of which no more may be read.
    private var hasModels: Bool { table.pointee.size >= MemoryLayout<tickbook_plugin>.size }

    private func check() throws(PluginFault) {
        guard table.pointee.abi_version == TICKBOOK_ABI_VERSION else {
            throw PluginFault(
                "it was built for version \(table.pointee.abi_version) of the plugin interface, and this Tickbook has version \(TICKBOOK_ABI_VERSION)",
                remedy: "to build it for this Tickbook, \(Self.rebuild(folder))")
        }
        let size = table.pointee.size
        guard size >= MemoryLayout<tickbook_plugin>.offset(of: \.models)! else { throw wrongTable("its size is \(size)") }
        let name = table.pointee.name.map { String(cString: $0) } ?? ""
        guard name == folder.manifest.name else { throw wrongTable("it names itself '\(name)', and plugin.toml '\(folder.manifest.name)'") }
        guard table.pointee.indicator_count == 0 || table.pointee.indicators != nil else {
            throw wrongTable("its indicators are a null pointer")
        }
        guard !hasModels || table.pointee.model_count == 0 || table.pointee.models != nil else {
            throw wrongTable("its models are a null pointer")
        }
    }

    private func wrongTable(_ reason: String) -> PluginFault {
        PluginFault(
            "the table of plugin '\(folder.manifest.name)' is wrong: \(reason)",
            remedy: "mend \(TICKBOOK_ENTRY_POINT), then \(Self.rebuild(folder))")
    }

    private static func unloadable(_ folder: PluginFolder, _ reason: String) -> PluginFault {
        let fault = "its library can't be loaded: \(reason)"
        guard let undefined = reason.firstMatch(of: /undefined symbol: (\w+)/) else {
            return PluginFault(fault, remedy: "to build it on this machine, \(rebuild(folder))")
        }
        return PluginFault(
            fault,
            remedy: "define \(undefined.1), or name the library that does under libraries in plugin.toml; then \(rebuild(folder))")
    }

    private static func rebuild(_ folder: PluginFolder) -> String {
        "run: tickbook plugin build \(folder.mention) && tickbook plugin add \(folder.mention)"
    }
}

/// The text that a plugin's function leaves when it fails.
enum NativeMessage {
    static func collecting(_ body: (UnsafeMutablePointer<CChar>) -> Void) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(TICKBOOK_MESSAGE_BYTES)) { buffer in
            buffer.initialize(repeating: 0)
            PluginCall.run { body(buffer.baseAddress!) }
            let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let text = String(decoding: bytes, as: UTF8.self).replacing("\n", with: " ")
            return text.isEmpty ? "it gave no reason" : text
        }
    }

    /// As much of a text as there is room for, with the zero that ends it.
    static func write(_ text: String, to message: UnsafeMutablePointer<CChar>?) {
        guard let message else { return }
        let bytes = text.utf8.prefix(Int(TICKBOOK_MESSAGE_BYTES) - 1).map { CChar(bitPattern: $0) } + [0]
        message.update(from: bytes, count: bytes.count)
    }
}
