extension Workspace {
    /// Whether a file of this path would stand among the tables or models, where only runs write. Links are followed as far as they exist.
    package func keeps(_ path: String) -> Bool {
        let real = RealPath.of(absolute(path))
        return [dataFolder, modelsFolder].map(RealPath.of).contains { real == $0 || real.hasPrefix($0 + "/") }
    }
}
