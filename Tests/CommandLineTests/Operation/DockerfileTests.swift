import ChildPrograms
import Foundation
import Testing

/// deploy/Dockerfile, as far as it can be checked where no container engine runs: what it copies is there, its commands are shell, and
/// the files it lays out are all that the program needs.
@Suite struct DockerfileTests {
    private let instructions: [(word: String, rest: String)]

    init() throws {
        let text = try String(contentsOfFile: repositoryFolder + "/deploy/Dockerfile", encoding: .utf8)
        let lines = text.replacingOccurrences(of: "\\\n", with: " ").split(separator: "\n").filter { !$0.hasPrefix("#") }
        instructions = lines.map { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }

    private func all(_ word: String) -> [String] { instructions.filter { $0.word == word }.map(\.rest) }

    /// Of each COPY from a stage: the path there and the path in the image.
    private var copiesFromBuild: [(from: String, to: String)] {
        all("COPY").filter { $0.hasPrefix("--from=build ") }.map { rest in
            let words = rest.split(separator: " ").map(String.init)
            return (words[1], words[2])
        }
    }

    @Test func itHasTwoStagesAndEndsWithoutRoot() {
        #expect(all("FROM").map { String($0.split(separator: " ").last!) } == ["build", "run"])
        #expect(all("USER") == ["tickbook"])
        #expect(instructions.last { $0.word == "USER" || $0.word == "RUN" }?.word == "USER")
        #expect(all("HEALTHCHECK").count == 1)
    }

    @Test func whatItCopiesIsThere() {
        for rest in all("COPY") where !rest.hasPrefix("--from") {
            for source in rest.split(separator: " ").dropLast() {
                #expect(FileManager.default.fileExists(atPath: "\(repositoryFolder)/\(source)"), "\(source)")
            }
        }
        for (from, _) in copiesFromBuild {
            let path = from.replacingOccurrences(of: "/src/", with: repositoryFolder + "/")
            #expect(FileManager.default.fileExists(atPath: path), "\(from)")
        }
    }

    @Test func itsCommandsAreShell() throws {
        for command in all("RUN") {
            let checked = try CommandLine.run("/bin/sh", ["-n", "-c", command])
            #expect(checked.code == 0, "\(command): \(checked.errors)")
        }
    }

    @Test func theFilesItLaysOutAreAllTheProgramNeeds() throws {
        let line = try CommandLine.withNotebook()
        let image = line.path + "/image"
        for (from, to) in copiesFromBuild {
            let target = URL(fileURLWithPath: image + to)
            try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            let source = URL(fileURLWithPath: from.replacingOccurrences(of: "/src/", with: repositoryFolder + "/"))
                .resolvingSymlinksInPath()
            let copied = try CommandLine.run("/bin/cp", ["-RL", "--reflink=auto", source.path, target.path])
            try #require(copied.code == 0, "\(copied.errors)")
        }
        let program = image + "/opt/tickbook/bin/tickbook"
        // Nothing of the checkout leads the way.
        let doctor = try CommandLine.run(
            "/usr/bin/env", ["-i", "PATH=/usr/bin:/bin", program, "doctor", "--workspace", line.path], in: "/")
        #expect(doctor.code == 0, "\(doctor.output)\(doctor.errors)")
        #expect(doctor.output.contains("DuckDB"))
        let plugin = try CommandLine.run(
            "/usr/bin/env",
            ["-i", "PATH=/usr/bin:/bin", program, "plugin", "new", "fresh", "--language", "tick", "--workspace", line.path], in: "/")
        #expect(plugin.code == 0, "\(plugin.errors)")
    }
}
