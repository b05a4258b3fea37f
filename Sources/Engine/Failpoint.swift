import Foundation
import Synchronization

/// A step at which the process can be made to kill itself, so that tests see what a crash there leaves behind.
///
/// `TICKBOOK_FAILPOINT=commit.afterLink` kills at the first passage of that step, `commit.afterLink:3` at the third.
package enum Failpoint: String, CaseIterable, Sendable {
    /// Before and after each data file; after all of one writer, not yet synced; and after that.
    case beforeDataFile = "data.beforeFile"
    case afterDataFile = "data.afterFile"
    case afterDataFiles = "data.afterFiles"
    case afterDataSync = "data.afterSync"
    /// The log's folder is there; then the next log file under a temporary name, written and synced; then under its own name, not yet
    /// synced; then with both names; then the version as every reader sees it.
    case beforeTemporaryLogFile = "commit.beforeTemporaryFile"
    case afterTemporaryLogFile = "commit.afterTemporaryFile"
    case afterTemporarySync = "commit.afterTemporarySync"
    case afterLink = "commit.afterLink"
    case afterFolderSync = "commit.afterFolderSync"
    case afterCommit = "commit.after"
    /// The rejected rows are committed, the table they were rejected from is not.
    case afterRejects = "rejects.afterCommit"
    case beforeModel = "model.beforeSave"
    case beforeModelRename = "model.beforeRename"
    case afterModel = "model.afterSave"

    /// Ends the process by SIGKILL where this step and passage were asked for. Otherwise costs one comparison.
    package func reach() {
        guard let armed = Self.armed, armed.point == self,
            Self.passages.add(1, ordering: .relaxed).newValue == armed.passage
        else { return }
        kill(getpid(), SIGKILL)
        while true { pause() }
    }

    /// Why the environment variable means nothing; nil where it is not set or means something.
    package static var mistake: String? {
        guard let text = requested, armed == nil else { return nil }
        return "\(variable) is '\(text)'; expected one of \(allCases.map(\.rawValue).joined(separator: ", ")); "
            + "or such a name with a passage, as in \(afterLink.rawValue):3"
    }

    private static let variable = "TICKBOOK_FAILPOINT"
    private static let requested = getenv(variable).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    private static let armed = requested.flatMap(Armed.init)
    private static let passages = Atomic<Int>(0)

    private struct Armed: Sendable {
        let point: Failpoint
        /// Counted from 1.
        let passage: Int

        init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let point = Failpoint(rawValue: String(parts[0])), let passage = parts.count == 1 ? 1 : Int(parts[1]), passage > 0
            else { return nil }
            self.point = point
            self.passage = passage
        }
    }
}
