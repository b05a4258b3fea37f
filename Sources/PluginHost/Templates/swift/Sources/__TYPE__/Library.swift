public import CTickbookPlugin
import TickbookPlugin

private let plugin = Immutable(
    value: makePlugin(name: "__NAME__", version: "0.1.0", indicators: [Change.self], models: [NaiveBayes.self]))

/// What Tickbook asks for when it has opened the library.
@c @implementation
public func tickbook_plugin_entry(_ message: UnsafeMutablePointer<CChar>?) -> UnsafePointer<tickbook_plugin>? { plugin.value }

/// The table never changes, so threads may share it.
private struct Immutable: @unchecked Sendable {
    let value: UnsafePointer<tickbook_plugin>
}
