import Foundation

extension Workspace {
    /// Whether a file of this path would stand among the tables or models, where only runs write. Links are followed as far as they exist.
    package func keeps(_ path: String) -> Bool {
        let real = Self.resolved(absolute(path))
        return [dataFolder, modelsFolder].map(Self.resolved).contains { real == $0 || real.hasPrefix($0 + "/") }
    }

    private static func resolved(_ path: String) -> String {
        if let real = realpath(path, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        let folder = (path as NSString).deletingLastPathComponent
        let name = (path as NSString).lastPathComponent
        guard folder != path else { return path }
        if name == ".." { return (resolved(folder) as NSString).deletingLastPathComponent }
        return name == "." ? resolved(folder) : (resolved(folder) as NSString).appendingPathComponent(name)
    }
}
