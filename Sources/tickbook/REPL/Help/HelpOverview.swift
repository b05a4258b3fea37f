/// The overview: how to type, then the commands.
struct HelpOverview {
    let width: Int

    private static let typing: [(String, String)] = [
        ("raw.stocks | take(5)", "shows rows"),
        ("plot raw.stocks | line(close)", "draws a chart"),
        ("let dear = raw.stocks | where(close > 100)", "a name for this session"),
        ("table t = dear", "makes a table; :keep makes a cell of it"),
        ("param horizon = 5", "another value for this session"),
    ]

    private static let closing =
        "A statement goes on while a bracket is open or a line ends with | or an operator. Tab completes, Ctrl-C ends what runs, Ctrl-D "
        + "leaves. :help sma explains a function, :help join a verb, :help table a statement, :help :run a command."

    var text: String {
        (["Type a statement:"] + Self.typing.flatMap { line($0.0, $0.1, column: 44) } + ["", "Or a command:"]
            + ColonCommand.all.flatMap { line($0.form, $0.summary, column: 28) } + [""]
            + Wrapped.lines(Self.closing, width: width, indent: ""))
            .joined(separator: "\n")
    }

    /// Side by side where there is room, else one below the other.
    private func line(_ form: String, _ words: String, column: Int) -> [String] {
        let room = width - column - 2
        guard room >= 28, form.count < column else {
            return Wrapped.lines("  " + form, width: width, indent: "    ")
                + Wrapped.lines(words, width: width - 6, indent: "").map { "      " + $0 }
        }
        let wrapped = Wrapped.lines(words, width: room, indent: "")
        let first = "  " + form + String(repeating: " ", count: column - form.count) + wrapped[0]
        return [first] + wrapped.dropFirst().map { String(repeating: " ", count: column + 2) + $0 }
    }
}
