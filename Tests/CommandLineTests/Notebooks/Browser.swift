import ChildPrograms
import Foundation
import Testing

/// Headless Chromium with a profile of its own, that reaches no host.
struct Browser {
    struct Picture {
        let path: String
        /// Of the picture's rows of pixels.
        let differentRows: Int
        /// What the network stack was asked for.
        let log: String
    }

    private let program: String

    static var installed: Browser? {
        let known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        return known.first(where: FileManager.default.isExecutableFile).map(Browser.init)
    }

    /// Takes a picture into reports/NAME.png; one that is not kept goes where the page is.
    func shoot(_ page: String, _ name: String, width: Int, height: Int, isDark: Bool = false, keeps: Bool = true) throws -> Picture {
        let own = (page as NSString).deletingLastPathComponent + "/browser-\(name)"
        let folder = keeps ? repositoryFolder + "/reports" : own
        for path in [own, folder] { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        let path = "\(folder)/\(name).png"
        try? FileManager.default.removeItem(atPath: path)
        let log = "\(own)/net.json"
        let ended = try ChildProgram.run(
            program,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=\(own)/profile",
                "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
                "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars", "--window-size=\(width),\(height)",
                "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--log-net-log=\(log)", "--screenshot=\(path)", "file://\(page)",
            ],
            environment: ["HOME": own, "XDG_CONFIG_HOME": own, "XDG_CACHE_HOME": own], limit: .seconds(90))
        try #require(ended.code == 0, "\(ended.errors)")
        return Picture(
            path: path, differentRows: try differentRows(path), log: (try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
    }

    private func differentRows(_ path: String) throws -> Int {
        let script = repositoryFolder + "/Tests/CommandLineTests/Python/picture_rows.py"
        let python = ProcessInfo.processInfo.environment["TICKBOOK_PYTHON"] ?? repositoryFolder + "/.deps/venv/bin/python"
        let ended = try ChildProgram.run(python, [script, path])
        let numbers = ended.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        try #require(ended.code == 0 && numbers.count == 3, "\(ended.errors)")
        return numbers[2]
    }
}
