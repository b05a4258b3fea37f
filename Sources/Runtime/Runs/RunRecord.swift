import Foundation

/// One run of a notebook, as `data/_runs` keeps it.
///
/// Invariants:
/// 1. It is on disk as `running` before the first cell, so that a run that was killed leaves a trace.
/// 2. It is a report, never read to decide what is up to date: commits alone say that.
package struct RunRecord: Sendable, Hashable, Codable {
    package enum Outcome: String, Sendable, Codable {
        case running, done, failed, interrupted
        /// The notebook was wrong; nothing ran.
        case refused
        /// Ended without a word: killed, or the machine went down.
        case died
    }

    package struct Plugin: Sendable, Hashable, Codable {
        package let name: String
        package let version: String
        package let sha256: String
    }

    /// Where a run failed, and why.
    package struct Fault: Sendable, Hashable, Codable {
        package let cell: String?
        package let message: String

        package init(cell: String?, message: String) {
            self.cell = cell
            self.message = message
        }
    }

    /// Sorts by the time of beginning.
    package let id: String
    package let notebook: String
    package internal(set) var notebookSHA256 = ""
    package internal(set) var parameters: [String: String] = [:]
    /// What was asked for besides: `--full-refresh`, `--only ingest`.
    package let options: [String]
    package let tickbook: String
    package internal(set) var engine: String?
    package internal(set) var plugins: [Plugin] = []
    package let host: String
    package let process: Int32
    /// ISO 8601 in UTC.
    package let started: String
    package internal(set) var seconds: Double?
    package internal(set) var outcome = Outcome.running
    package internal(set) var exitCode: Int32?
    package internal(set) var fault: Fault?
    package internal(set) var stages: [RunStage] = []

    init(notebook: String, options: [String], now: Date = .now) {
        process = getpid()
        let milliseconds = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted, includingFractionalSeconds: true)
        id = "\(now.formatted(milliseconds))-\(process)"
        started = now.formatted(.iso8601)
        self.notebook = notebook
        self.options = options
        tickbook = TickbookVersion.current
        host = ProcessInfo.processInfo.hostName
    }

    /// What is known of a run that says it is running while its process is gone.
    var settled: RunRecord {
        guard outcome == .running, host == ProcessInfo.processInfo.hostName, kill(process, 0) != 0, errno == ESRCH else { return self }
        var record = self
        record.outcome = .died
        return record
    }
}

/// What became of one table or model in a run.
package struct RunStage: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Codable { case table, model }
    package enum Status: String, Sendable, Codable { case made, cached }

    package let cell: String
    package let kind: Kind
    package let name: String
    package let status: Status
    /// Why it was made; nil where it was up to date.
    package let reason: String?
    /// The version read of each input table.
    package let versionsIn: [String: Int]
    package let version: Int
    /// Of the table, or those a model learned from and was tested with.
    package let rows: Int
    package let rowsWritten: Int
    package let rowsRejected: Int
    /// Of a model: what its `model show` tells.
    package let measures: [String: Double]
    package let seconds: Double
}
