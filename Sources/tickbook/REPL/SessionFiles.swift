import Foundation
import Runtime

/// Files that a session needs as long as it lasts, in `.tickbook/` of its workspace. Those that a killed session left go with the next.
struct SessionFiles {
    private let folder: String
    private static let prefix = "session-"

    init(_ workspace: Workspace) { folder = workspace.root + "/.tickbook" }

    /// A path for a new file; whoever writes it takes it away.
    func path(_ name: String) -> String {
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // A workspace that can only be read has its sessions too.
        let place = access(folder, W_OK) == 0 ? folder : FileManager.default.temporaryDirectory.path
        return "\(place)/\(Self.prefix)\(getpid())-\(UUID().uuidString.prefix(8))-\(name)"
    }

    func removeLeftBehind() {
        for entry in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where entry.hasPrefix(Self.prefix) {
            let number = entry.dropFirst(Self.prefix.count).prefix { $0 != "-" }
            guard let process = Int32(number), process > 0, kill(process, 0) != 0, errno == ESRCH else { continue }
            try? FileManager.default.removeItem(atPath: folder + "/" + entry)
        }
    }
}
