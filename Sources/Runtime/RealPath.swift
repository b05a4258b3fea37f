import Foundation

/// Where a path leads.
package enum RealPath {
    /// The path with all links followed, as far as it exists.
    package static func of(_ path: String) -> String {
        if let real = realpath(path, nil) {
            defer { free(real) }
            return String(cString: real)
        }
        let folder = (path as NSString).deletingLastPathComponent
        let name = (path as NSString).lastPathComponent
        guard folder != path else { return path }
        if name == ".." { return (of(folder) as NSString).deletingLastPathComponent }
        return name == "." ? of(folder) : (of(folder) as NSString).appendingPathComponent(name)
    }
}
