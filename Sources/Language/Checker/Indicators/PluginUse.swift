/// Checks `use momentum`, which makes a plugin's indicators known.
struct PluginUse {
    let context: CheckContext

    func check(_ name: Name) {
        guard context.catalog.pluginNames.contains(name.text) else {
            return context.report(.unknownName(.plugin, name.text, candidates: context.catalog.pluginNames), at: name.span)
        }
        guard !context.plugins.contains(name.text) else { return }
        context.declare(plugin: name.text)
        let files = IndicatorFiles(context.catalog.indicatorFiles(ofPlugin: name.text), functions: context.functions)
        reportMistakes(files, name)
        for indicator in files.known {
            if context.hasIndicator(indicator.name) {
                context.report(.pluginCollision(plugin: name.text, indicator: indicator.name), at: name.span)
            } else {
                context.declare(indicator)
            }
        }
        files.broken.forEach(context.declare(brokenIndicator:))
    }

    private func reportMistakes(_ files: IndicatorFiles, _ name: Name) {
        guard let (file, first) = files.diagnostics.first else { return }
        let place = "\(file.path):\(SourceLines(file.text).position(of: first.span.start))"
        context.report(
            .pluginMistakes(plugin: name.text, count: files.diagnostics.count, place: place, message: first.problem.message), at: name.span)
    }
}
