import ChildPrograms
import Foundation
import Testing

/// A disk of a few MiB in the place of a folder, for as long as it has an owner.
final class SmallDisk {
    static let reason: Comment = "to mount a small disk needs root and a system that allows it"
    static let isPermitted: Bool = {
        guard let line = try? CommandLine() else { return false }
        return (try? SmallDisk(over: line.path, mebibytes: 1)) != nil
    }()

    private let path: String
    private var ballast: String { path + "/ballast" }

    init(over path: String, mebibytes: Int) throws {
        self.path = path
        let mounted = try CommandLine.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(mebibytes)m", "tmpfs", path])
        try #require(mounted.code == 0, "\(mounted.errors)")
    }

    deinit { _ = try? CommandLine.run("/bin/umount", [path]) }

    var freeKibibytes: Int {
        var information = statvfs()
        return statvfs(path, &information) == 0 ? Int(information.f_bavail) * Int(information.f_frsize) / 1024 : 0
    }

    /// Takes all room but this.
    func fill(leaving kibibytes: Int) throws {
        let count = max(0, freeKibibytes - kibibytes) * 1024
        try Data(count: count).write(to: URL(fileURLWithPath: ballast))
    }

    func free() throws { try FileManager.default.removeItem(atPath: ballast) }
}
