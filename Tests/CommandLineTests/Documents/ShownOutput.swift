import Foundation

/// Output as documents show it, and what of it is the same every time.
enum ShownOutput {
    /// Typed into a session between the entries: its answer, always the same, tells their outputs apart.
    static let divider = ":help quit"

    /// What stands below a command: its output, in a session that of each entry below the entry.
    static func lines(_ output: String, for step: ConsoleBlock.Step) -> [String] {
        guard !step.entries.isEmpty else { return lines(output) }
        var outputs = divided(output)[...]
        return step.entries.flatMap { entry in entry.shown + lines(outputs.popFirst() ?? "(the session ended before)") }
    }

    private static func lines(_ output: String) -> [String] {
        let text = output.hasSuffix("\n") ? String(output.dropLast()) : output
        // Progress is told of what takes long, which differs from machine to machine.
        return text.isEmpty ? [] : text.components(separatedBy: "\n").filter { $0.firstMatch(of: /^\d+\/\d+ [\w-]+: .* rows\/s$/) == nil }
    }

    /// The divider stands twice at the beginning, so what stands there twice is its answer.
    private static func divided(_ output: String) -> [String] {
        let output = output.hasSuffix("\n") ? output : output + "\n"
        let answers = output.indices.lazy.filter { output[$0] == "\n" }.map { output[...$0] }
        guard let answer = answers.first(where: { output[$0.endIndex...].hasPrefix($0) }) else { return [output] }
        return Array(output.dropFirst(2 * answer.count).components(separatedBy: answer).dropLast())
    }

    /// Times, dates, and what else differs from run to run; blanks at line ends don't count.
    static func comparable(_ lines: [String]) -> [String] {
        lines.map { line in
            let line = line.replacing(/\d+\.\d\d s\b/, with: "0.00 s").replacing(/\(\d+\.\d\d s\)/, with: "(0.00 s)")
                .replacing(/\d+\.\d\d {2}(?=[a-z.]+ v\d)/, with: "0.00  ").replacing(/\b\d\d:\d\d:\d\d\b/, with: "TIME").replacing(
                    /\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?Z?/, with: "TIME")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
