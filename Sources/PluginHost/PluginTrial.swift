import CPluginABI
import Columnar
import Foundation
import Indicators
import Language

/// What is tried of a plugin in a process that is there for nothing else.
package enum PluginTrial {
    /// Ends this process when the one that started it ends, and after so many seconds by SIGALRM; called again, counts anew.
    package static func limit(seconds: UInt32) {
        tickbook_end_with_parent()
        alarm(seconds)
    }

    /// Asks every function with default parameters for its window and a state.
    package static func makeStates(of plugin: LoadedPlugin) throws {
        for definition in plugin.definitions {
            guard BuiltinIndicators.byName[definition.function.name] == nil else {
                throw PluginFault(
                    "plugin '\(plugin.name)' has a function '\(definition.function.name)', which is built in",
                    remedy: "give its own another name, then build it again")
            }
            try check(definition, of: plugin.name)
        }
    }

    private static func check(_ definition: SeriesDefinition, of plugin: String) throws {
        let function = definition.function
        let defaults = function.parameters.compactMap(\.defaultValue)
        guard defaults.count == function.parameters.count else { return }
        if let (_, expected) = function.mismatch(defaults) {
            throw PluginFault(
                "\(function.name) of plugin '\(plugin)' can't be used with its default parameters: it wants \(expected)",
                remedy: "mend its window or its defaults, then build it again")
        }
        do {
            _ = try definition.makeKernel(function.inputs.map { _ in .double }, defaults)
        } catch let fault as SeriesFault {
            throw PluginFault(fault.shortly, remedy: "mend its `create`, then build it again")
        }
    }
}
