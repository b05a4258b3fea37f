/// Checks `use momentum`, which makes a plugin's indicators known.
struct PluginUse {
    let context: CheckContext

    func check(_ name: Name) {
        guard context.catalog.pluginNames.contains(name.text) else {
            context.declareLackOfPlugin()
            return context.report(.unknownName(.plugin, name.text, candidates: context.catalog.pluginNames), at: name.span)
        }
        guard !context.plugins.contains(name.text) else { return }
        context.declare(plugin: name.text)
        do throws(PluginRefusal) {
            declare(try context.catalog.contents(ofPlugin: name.text), name)
        } catch {
            context.report(.pluginRefused(plugin: name.text, error), at: name.span)
            context.declareLackOfPlugin()
        }
    }

    /// The first plugin of the workspace that is not in use, may be used, and has such a function.
    func plugin(with function: String) -> String? {
        context.catalog.pluginNames.first { plugin in
            guard !context.plugins.contains(plugin), let contents = try? context.catalog.contents(ofPlugin: plugin) else { return false }
            return contents.functions.contains { $0.name == function }
                || IndicatorFiles(contents.indicatorFiles, functions: context.functions).names.contains(function)
        }
    }

    private func declare(_ contents: PluginContents, _ plugin: Name) {
        for function in contents.functions where isFree(function.name, plugin) { context.declare(function) }
        for model in contents.models {
            if model.name == ClassifierChecker.logistic || context.models[model.name] != nil {
                context.report(.pluginCollision(plugin: plugin.text, indicator: model.name), at: plugin.span)
            } else {
                context.declare(model)
            }
        }
        let files = IndicatorFiles(contents.indicatorFiles, functions: context.functions)
        reportMistakes(files, plugin)
        for indicator in files.known where isFree(indicator.name, plugin) { context.declare(indicator) }
        files.broken.forEach(context.declare(brokenIndicator:))
    }

    private func isFree(_ name: String, _ plugin: Name) -> Bool {
        guard context.isTaken(name) else { return true }
        context.report(.pluginCollision(plugin: plugin.text, indicator: name), at: plugin.span)
        return false
    }

    private func reportMistakes(_ files: IndicatorFiles, _ name: Name) {
        guard let (file, first) = files.diagnostics.first else { return }
        let place = "\(file.path):\(SourceLines(file.text).position(of: first.span.start))"
        context.report(
            .pluginMistakes(plugin: name.text, count: files.diagnostics.count, place: place, message: first.problem.message), at: name.span)
    }
}
