import ChildPrograms
import Foundation
import Testing

/// The process is killed at any instant of its run, and runs again.
@Suite struct RandomInstantTests {
    private static let rounds = 21
    private let undisturbed: Undisturbed

    init() throws { undisturbed = try Undisturbed.shared.get() }

    @Test(arguments: 0..<rounds)
    func runKilledAtAnyInstantIsFinishedByTheNext(round: Int) throws {
        let moment = Moment.allCases[round % Moment.allCases.count]
        let line = try undisturbed.workspace(before: moment)
        // The instants are spread over the usual duration; a run that comes to its end before is as good a start.
        let share = (Double(round) + Double(round &* 7919 % 101) / 101) / Double(Self.rounds)
        let seconds = String(format: "%.4f", max(0.001, share * undisturbed.seconds[moment]!))
        let ended = try CommandLine.run(
            "/usr/bin/timeout", ["--foreground", "--signal=KILL", seconds, CommandLine.program, "run", "notebook.md"], in: line.path)
        // timeout(1) ends with 124 where the run ended by itself at the very instant.
        #expect([0, 124, 128 + SIGKILL, SIGKILL].contains(ended.code), "\(ended.errors)")
        try undisturbed.expectWholeVersions(line, at: moment)
        try undisturbed.expectGoesOn(line, at: moment)
    }
}
