import ChildPrograms
import Foundation
import Testing

/// The Jenkinsfile's stages, each one command a person can type.
@Suite struct JenkinsfileTests {
    private let text: String
    private let steps: [(stage: String, command: String)]

    init() throws {
        text = try String(contentsOfFile: repositoryFolder + "/Jenkinsfile", encoding: .utf8)
        steps = text.matches(of: /stage\('([a-z]+)'\) \{[^']*sh '([^']*)'/).map { (String($0.1), String($0.2)) }
    }

    @Test func theStagesAreTheChain() {
        #expect(
            steps.map(\.stage) == ["environment", "build", "test", "ingest", "process", "features", "train", "smoke", "export", "deploy"])
    }

    @Test func everyStageIsOneTargetOrOneCommand() throws {
        let help = try CommandLine.run("/usr/bin/make", ["--no-print-directory", "help"], in: repositoryFolder).output
        for (stage, command) in steps {
            #expect(!command.contains(where: { "&|;\n".contains($0) }), "\(stage): \(command)")
            if let target = command.firstMatch(of: /^make ([a-z-]+)/)?.1 {
                #expect(help.contains("make \(target) "), "\(stage): \(command)")
            } else {
                #expect(command.hasPrefix("$TICKBOOK "), "\(stage): \(command)")
            }
        }
    }

    /// All but those that build: `make pipeline` runs these too.
    @Test func theStepsRunInOrderInACleanWorkspace() throws {
        let line = try CommandLine()
        for name in ["notebooks", "scripts", "Makefile"] {
            try FileManager.default.copyItem(atPath: "\(repositoryFolder)/\(name)", toPath: "\(line.path)/\(name)")
        }
        for name in [".build", ".deps"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(line.path)/\(name)", withDestinationPath: "\(repositoryFolder)/\(name)")
        }
        let prices = try CommandLine.run(line.path + "/scripts/sample-prices", ["data/inbox/stocks.csv"], in: line.path)
        try #require(prices.code == 0, "\(prices.errors)")
        let environment = [
            "TICKBOOK": CommandLine.program, "NOTEBOOK": "notebooks/stock_direction.md", "DEPLOY_TO": line.path + "/deployed",
        ]
        for (stage, command) in steps where !["environment", "build", "test"].contains(stage) {
            let ended = try CommandLine.run("/bin/bash", ["-eu", "-c", command], in: line.path, environment: environment)
            try #require(ended.code == 0, "\(stage): \(ended.output)\(ended.errors)")
        }
        #expect(FileManager.default.fileExists(atPath: line.path + "/reports/smoke.xml"))
        #expect(FileManager.default.fileExists(atPath: line.path + "/deployed/current/models/stock_direction/v1/model.json"))
    }

    @Test func smokeFailsWhereATableIsDamaged() throws {
        let line = try CommandLine.sample()
        #expect(try line.tickbook("run", "notebook.md", "--no-serve").code == 0)
        let entries = try FileManager.default.subpathsOfDirectory(atPath: line.path + "/data/curated/stocks/daily_prices")
        let file = try #require(entries.first { $0.hasSuffix(".parquet") })
        let path = line.path + "/data/curated/stocks/daily_prices/" + file
        var content = try Data(contentsOf: URL(fileURLWithPath: path))
        content[content.count / 2] ^= 1
        try content.write(to: URL(fileURLWithPath: path))
        let copy = try CommandLine()
        try FileManager.default.copyItem(atPath: repositoryFolder + "/scripts", toPath: copy.path + "/scripts")
        try FileManager.default.createSymbolicLink(atPath: copy.path + "/.build", withDestinationPath: repositoryFolder + "/.build")
        let smoke = try CommandLine.run(copy.path + "/scripts/smoke", [line.path])
        #expect(smoke.code == 1)
        #expect(smoke.output.contains("FAILS tables verify\n"), "\(smoke.output)")
        #expect(smoke.output.contains("ok    the server answers\n"), "\(smoke.output)")
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/groovy"), "groovy is not installed"))
    func theFileIsGroovy() throws {
        let ended = try CommandLine.run(repositoryFolder + "/scripts/check-jenkinsfile", [])
        #expect(ended.code == 0, "\(ended.output)\(ended.errors)")
    }
}
