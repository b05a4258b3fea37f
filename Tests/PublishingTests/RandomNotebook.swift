/// Markdown notebooks of random but readable shape: fences of both kinds and any length, gaps, blanks, other blocks, comments.
struct RandomNotebook: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// Source: Marsaglia, "Xorshift RNGs", 2003.
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    mutating func text() -> String {
        var text =
            pick(["", "\u{FEFF}"]) + "---\ntickbook: 1\n" + pick(["", "title: T\n", "jupyter: {\"a\":1}\n"]) + pick(["---\n", "--- \n"])
        let count = Int.random(in: 1...6, using: &self)
        for number in 0..<count { text += gap() + prose() + gap() + cell(number) }
        text += pick(["", "\n", gap() + prose(), gap() + prose() + gap()])
        return pick([text, text, text.replacing("\n", with: "\r\n")])
    }

    private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &self)! }

    private mutating func gap() -> String { pick(["\n", "\n\n", "\n\n\n", "\n \t\n", "  \n\n"]) }

    private mutating func prose() -> String {
        pick([
            "", "", "# Heading\n", "A paragraph,\nof two lines.", "    indented", "\t\ttabs", "- a\n- b\n\n  c", "~~~text\n```tick no\n~~~",
            "````python\nprint(1)\n````", "<!-- a comment\n```tick no\n-->", "ends in blanks   ", "żółć \u{1F600} e\u{301}",
            "<!-- ipynb {\"cell_type\":\"markdown\",\"id\":\"x\"} -->\nmarked", "<!-- ipynb {\"cell_type\":\"raw\"} -->\n\n",
            "\\\"quoted\\\"",
        ])
    }

    private mutating func cell(_ number: Int) -> String {
        let mark = pick(["`", "~"])
        let length = Int.random(in: 3...6, using: &self)
        let fence = String(repeating: mark, count: length)
        let marker = pick([
            "", "", "", "<!-- ipynb {\"cell_type\":\"code\",\"id\":\"c\(number)\",\"metadata\":{\"tags\":[\"\\u003e\"]}} -->\n",
        ])
        let indentation = pick(["", "", " ", "   "])
        let name = pick([" n\(number)", "  n\(number) more", "", "\tn\(number)"])
        let code = pick(["", "\n", "show x\n", "# a\n\nshow x\n\n", "  show x | take(1)\n", "\"\\u{1F4C8}\"\n\t\n", "``\nx\n"])
        return marker + indentation + fence + "tick" + name + "\n" + code + pick(["", " "]) + fence + pick(["", mark, " "])
            + "\n"
    }
}
