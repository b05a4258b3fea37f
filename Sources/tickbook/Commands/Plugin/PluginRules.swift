import Indicators
import PluginHost

/// The rules that functions and models keep, and the words of what keeps or breaks them.
struct PluginRules {
    /// Is told each call before it runs.
    var announce: (String) -> Void = { _ in }

    /// The number of broken rules.
    func broken(by plugin: LoadedPlugin) -> Int {
        plugin.definitions.reduce(0) { $0 + broken(by: $1) } + plugin.models.reduce(0) { $0 + broken(by: $1) }
    }

    func broken(by definition: SeriesDefinition) -> Int {
        Conformance.cases(of: definition).reduce(0) { count, test in
            announce(test.call)
            return count + show(test.call) { try test.violations().map(\.description) }
        }
    }

    private func broken(by model: NativeModel) -> Int {
        announce(model.name)
        return show(model.name) { try ModelConformance(model).violations().map(\.description) }
    }

    /// Prints what is broken, or that nothing is.
    private func show(_ name: String, _ violations: () throws -> [String]) -> Int {
        do {
            let found = try violations()
            if found.isEmpty { Terminal.print("✓ \(name)") }
            for violation in found { Terminal.print("✗ \(violation)") }
            return found.count
        } catch let fault as SeriesFault {
            Terminal.print("✗ \(name): \(fault.shortly)")
        } catch {
            Terminal.print("✗ \(FaultText.words(error))")
        }
        return 1
    }
}
