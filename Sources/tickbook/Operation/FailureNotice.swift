import Foundation
import Runtime

/// Tells someone that a run failed, with a command of theirs.
struct FailureNotice {
    private let record: RunRecord
    private let workspace: Workspace

    init(_ record: RunRecord, workspace: Workspace) {
        self.record = record
        self.workspace = workspace
    }

    func send(with command: String) {
        let path = "\(RunStore(workspace: workspace).folder)/\(record.id).json"
        var program = ChildProgram("/bin/sh", ["-c", command])
        program.environment = [
            "TICKBOOK_RUN": record.id, "TICKBOOK_NOTEBOOK": record.notebook, "TICKBOOK_OUTCOME": record.outcome.rawValue,
            "TICKBOOK_CELL": record.fault?.cell ?? "", "TICKBOOK_MESSAGE": record.fault?.message ?? "",
        ]
        program.input = FileHandle(forReadingAtPath: path)
        do {
            let ended = try program.run()
            if ended.code != 0 { warn("it ended with exit code \(ended.code). \(ended.errors)") }
        } catch {
            warn(error.localizedDescription)
        }
    }

    private func warn(_ reason: String) {
        Terminal.note("warning: the --notify command failed: \(reason.trimmingCharacters(in: .whitespacesAndNewlines))")
    }
}
