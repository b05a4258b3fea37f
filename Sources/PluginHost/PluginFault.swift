/// Why a plugin can't be used, made or built: what is wrong, and what to do.
package struct PluginFault: Error, Hashable, CustomStringConvertible {
    package let reason: String
    package let remedy: String

    package init(_ reason: String, remedy: String) {
        self.reason = reason
        self.remedy = remedy
    }

    package var description: String { "\(reason); \(remedy)" }
}
