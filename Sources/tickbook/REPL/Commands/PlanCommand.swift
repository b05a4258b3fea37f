import Runtime

extension ColonCommand {
    static let plan = ColonCommand(
        name: "plan", arguments: "", summary: "what a run would make, and why; nothing is written", count: 0...0
    ) { _, shell in
        let (steps, check) = try shell.session.plan()
        let report = RunReport(check.loaded.checked)
        for step in steps { report.show(step) }
        report.finish(steps)
    }
}
