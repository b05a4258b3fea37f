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
        guard let handle = dlopen(folder.libraryPath, RTLD_NOW | RTLD_LOCAL) else {
            throw PluginFault("its library can't be loaded: \(String(cString: dlerror()))", remedy: Self.rebuild(folder))
        }
        guard let symbol = dlsym(handle, TICKBOOK_ENTRY_POINT) else {
            throw PluginFault(
                "\(folder.libraryPath) doesn't export \(TICKBOOK_ENTRY_POINT)", remedy: "define it as tickbook_plugin.h declares it")
        }
        typealias Entry = @convention(c) (UnsafeMutablePointer<CChar>?) -> UnsafePointer<tickbook_plugin>?
        let entry = unsafeBitCast(symbol, to: Entry.self)
        var table: UnsafePointer<tickbook_plugin>?
        let message = NativeMessage.collecting { table = entry($0) }
        guard let table else {
            throw PluginFault("plugin '\(folder.manifest.name)' declines: \(message)", remedy: "see the plugin's README")
        }
        self.table = table
        try check(table.pointee)
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

    private func check(_ plugin: tickbook_plugin) throws(PluginFault) {
        guard plugin.abi_version == TICKBOOK_ABI_VERSION else {
            throw PluginFault(
                "it was built for version \(plugin.abi_version) of the plugin interface, and this Tickbook has version \(TICKBOOK_ABI_VERSION)",
                remedy: "build it with this Tickbook's header: tickbook plugin build \(folder.manifest.name)")
        }
        guard plugin.size >= MemoryLayout<tickbook_plugin>.size else { throw wrongTable("its size is \(plugin.size)") }
        let name = plugin.name.map { String(cString: $0) } ?? ""
        guard name == folder.manifest.name else { throw wrongTable("it names itself '\(name)', and plugin.toml '\(folder.manifest.name)'") }
        guard plugin.indicator_count == 0 || plugin.indicators != nil else { throw wrongTable("its indicators are a null pointer") }
    }

    private func wrongTable(_ reason: String) -> PluginFault {
        PluginFault(
            "the table of plugin '\(folder.manifest.name)' is wrong: \(reason)", remedy: "mend tickbook_plugin_entry and build it again")
    }

    private static func rebuild(_ folder: PluginFolder) -> String {
        "build it on this machine: tickbook plugin build \(folder.manifest.name)"
    }
}

/// The text that a plugin's function leaves when it fails.
enum NativeMessage {
    static func collecting(_ body: (UnsafeMutablePointer<CChar>) -> Void) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(TICKBOOK_MESSAGE_BYTES)) { buffer in
            buffer.initialize(repeating: 0)
            body(buffer.baseAddress!)
            let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let text = String(decoding: bytes, as: UTF8.self).replacing("\n", with: " ")
            return text.isEmpty ? "it gave no reason" : text
        }
    }
}
