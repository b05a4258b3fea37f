import ArgumentParser
import Columnar
import DeltaTable
import Engine
import Foundation
import Learning
import Runtime

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check that all that Tickbook needs is there; exit code 1 when something is missing.")

    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        let checks = [version, engine, writing, tables, models]
        var failed = false
        for check in checks {
            do {
                Terminal.print("✓ " + (try check()))
            } catch {
                failed = true
                Terminal.print("✗ " + FaultText.words(error))
            }
        }
        workspace.value.removeTemporaryFolders()
        if failed { throw FaultText.failed }
    }

    private func version() throws -> String { "tickbook \(TickbookVersion.current)" }

    private func engine() throws -> String {
        let opened = try Wiring.engine(for: workspace.value).get()
        let batches = try opened.engine.query("SELECT 42", inputs: [:]).collect()
        return "\(try opened.engine.name) answers \(batches[0].columns[0][0])"
    }

    private func writing() throws -> String {
        let folder = try workspace.value.temporaryFolder()
        let probe = folder + "/probe-\(getpid())"
        guard FileManager.default.createFile(atPath: probe, contents: Data(count: 4096)) else {
            throw RunFault.unwritableWorkspace(path: folder, reason: String(cString: strerror(errno)))
        }
        unlink(probe)
        let free = try URL(fileURLWithPath: folder).resourceValues(forKeys: [.volumeAvailableCapacityKey]).volumeAvailableCapacity ?? 0
        return
            "workspace \(workspace.value.root) can be written, \(ByteCountFormatter.string(fromByteCount: Int64(free), countStyle: .binary)) free"
    }

    private func tables() throws -> String {
        let tables = try Session(workspace: workspace.value).context.tables
        let names = try tables.names()
        for name in names { _ = try tables.table(name).snapshot() }
        return "\(names.count) table\(names.count == 1 ? "" : "s"), every log reads"
    }

    private func models() throws -> String {
        let models = try workspace.value.models.list()
        for (name, versions) in models { for version in versions { _ = try workspace.value.models.load(name, version: version) } }
        return "\(models.count) model\(models.count == 1 ? "" : "s"), every version reads"
    }
}
