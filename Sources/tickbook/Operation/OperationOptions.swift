import ArgumentParser
import Foundation
import Runtime

/// What a scheduler asks of a run.
struct OperationOptions: ParsableArguments {
    @Option(help: "Write the run's metrics to this file when it ends, as Prometheus text.")
    var metricsFile: String?
    @Option(help: ArgumentHelp("Send the run's metrics to a Prometheus push gateway when it ends.", valueName: "url"))
    var metricsPush: String?
    @Option(
        help: ArgumentHelp(
            "A shell command to run when the run fails; it gets the run's record as standard input, and TICKBOOK_RUN, "
                + "TICKBOOK_NOTEBOOK, TICKBOOK_OUTCOME, TICKBOOK_CELL and TICKBOOK_MESSAGE.", valueName: "command"))
    var notify: String?
    @Option(help: "When another run of the notebook is going on in the workspace: refuse, wait or allow.")
    var overlap = RunLock.Overlap.refuse

    func validate() throws {
        guard let metricsPush else { return }
        guard let url = URL(string: metricsPush), ["http", "https"].contains(url.scheme), url.host() != nil else {
            throw ValidationError("--metrics-push expects a URL like http://127.0.0.1:9091; found '\(metricsPush)'.")
        }
    }
}

extension RunLock.Overlap: ExpressibleByArgument {}
