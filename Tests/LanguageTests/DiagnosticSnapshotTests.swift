import Testing

@testable import Language

/// Faulty code and exactly what a reader is told about it.
@Suite struct DiagnosticSnapshotTests {
    static let cases: [(code: String, rendered: String)] = [
        (
            "tabel x = raw.stocks",
            #"""
            x.md:1:1: error: unknown statement 'tabel'
                1 | tabel x = raw.stocks
                  | ^^^^^ did you mean 'table'?
                  = expected: a statement (param, let, indicator, use, table, assert, model, show, plot, serve) or a pipeline

            """#
        ),
        (
            "x = csv(\"a.csv\")",
            #"""
            x.md:1:1: error: a statement cannot begin with 'x ='
                1 | x = csv("a.csv")
                  | ^
                  = help: write 'let x = …', 'table x = …', or '==' to compare

            """#
        ),
        (
            "print raw.stocks",
            #"""
            x.md:1:1: error: unknown statement 'print'
                1 | print raw.stocks
                  | ^^^^^
                  = expected: a statement (param, let, indicator, use, table, assert, model, show, plot, serve) or a pipeline

            """#
        ),
        (
            "raw.stocks take(5)",
            #"""
            x.md:1:12: error: unexpected 'take'
                1 | raw.stocks take(5)
                  |            ^^^^
                  = expected: '|' or the end of the statement

            """#
        ),
        (
            "raw.stocks | latest",
            #"""
            x.md:1:14: error: the verb 'latest' needs brackets
                1 | raw.stocks | latest
                  |              ^^^^^^
                  = help: write 'latest()', with its arguments between the brackets

            """#
        ),
        (
            "raw.stocks | take 5",
            #"""
            x.md:1:14: error: the verb 'take' needs brackets
                1 | raw.stocks | take 5
                  |              ^^^^
                  = help: write 'take()', with its arguments between the brackets

            """#
        ),
        (
            "table model = x",
            #"""
            x.md:1:7: error: 'model' is a word of the language and cannot be a name
                1 | table model = x
                  |       ^^^^^
                  = help: as the name of a column write `model` in backticks, or choose another name

            """#
        ),
        (
            "param x = 5 = 6",
            #"""
            x.md:1:13: error: unexpected '='
                1 | param x = 5 = 6
                  |             ^
                  = expected: an operator or the end of the statement

            """#
        ),
        (
            "raw.x | where(a + b = 3)",
            #"""
            x.md:1:21: error: unexpected '=' behind an expression
                1 | raw.x | where(a + b = 3)
                  |                     ^
                  = help: write '==' to compare; a label before '=' is one name

            """#
        ),
        (
            "raw.x | where(a < b < c)",
            #"""
            x.md:1:21: error: comparisons cannot be chained
                1 | raw.x | where(a < b < c)
                  |                     ^
                  = help: write 'a < b and b < c'

            """#
        ),
        (
            "raw.x | where(a not in [\"A\"])",
            #"""
            x.md:1:17: error: unexpected 'not' before 'in'
                1 | raw.x | where(a not in ["A"])
                  |                 ^^^^^^
                  = help: write 'not a in […]'

            """#
        ),
        (
            "raw.x | where(a && b || !c)",
            #"""
            x.md:1:17: error: unexpected '&&'
                1 | raw.x | where(a && b || !c)
                  |                 ^^
                  = help: write 'and'

            x.md:1:22: error: unexpected '||'
                1 | raw.x | where(a && b || !c)
                  |                      ^^
                  = help: write 'or'

            x.md:1:25: error: unexpected '!'
                1 | raw.x | where(a && b || !c)
                  |                         ^
                  = help: write 'not'

            """#
        ),
        (
            "raw.x | where(a == 'x')",
            #"""
            x.md:1:20: error: strings stand in double quotes, not in '
                1 | raw.x | where(a == 'x')
                  |                    ^^^
                  = help: write "x"

            """#
        ),
        (
            "raw.x | where(a == “x”)",
            #"""
            x.md:1:20: error: strings stand in double quotes, not in “
                1 | raw.x | where(a == “x”)
                  |                    ^^^
                  = help: write "x"

            """#
        ),
        (
            "raw.x | where(a == \"x)",
            #"""
            x.md:1:20: error: the string is not closed on its line
                1 | raw.x | where(a == "x)
                  |                    ^^^
                  = expected: '"' before the line ends
                  = help: a line break in a string is written \n

            """#
        ),
        (
            "raw.x | where(a == \"C:\\data\")",
            #"""
            x.md:1:23: error: unknown escape '\d'
                1 | raw.x | where(a == "C:\data")
                  |                       ^^
                  = help: escapes are \" \\ \n \t and \u{1F4C8}; a backslash is written \\

            """#
        ),
        (
            "raw.x | derive(a = sma(close 7), b = ema(close,), c = )",
            #"""
            x.md:1:30: error: unexpected the number 7
                1 | raw.x | derive(a = sma(close 7), b = ema(close,), c = )
                  |                              ^
                  = expected: ',' or ')'

            x.md:1:55: error: unexpected ')'
                1 | raw.x | derive(a = sma(close 7), b = ema(close,), c = )
                  |                                                       ^
                  = expected: an expression

            """#
        ),
        (
            "raw.x | derive(a = sma(close, 7\n  | take(5)",
            #"""
            x.md:1:23: error: '(' is never closed
                1 | raw.x | derive(a = sma(close, 7
                  |                       ^
                  = expected: ')'

            """#
        ),
        (
            "raw.x | derive(a = sma(close, 7]) | take(5)",
            #"""
            x.md:1:32: error: unexpected ']'
                1 | raw.x | derive(a = sma(close, 7]) | take(5)
                  |                                ^
                  = expected: ',' or ')'

            """#
        ),
        (
            "raw.x | take(5))",
            #"""
            x.md:1:16: error: unexpected ')': no bracket is open
                1 | raw.x | take(5))
                  |                ^
                  = help: remove it, or open the bracket before it

            """#
        ),
        (
            "table x =\ntable y = raw.x",
            #"""
            x.md:1:10: error: unexpected the end of the statement
                1 | table x =
                  |          ^
                  = expected: a table's name, a call such as csv("…") or a pipeline in parentheses

            """#
        ),
        (
            "raw.x | join(raw.y | take(5), on = symbol)",
            #"""
            x.md:1:20: error: a pipeline as an argument needs parentheses
                1 | raw.x | join(raw.y | take(5), on = symbol)
                  |                    ^
                  = help: write '(source | verb(…))'

            """#
        ),
        (
            "raw.x | where(a in b)",
            #"""
            x.md:1:20: error: unexpected 'b'
                1 | raw.x | where(a in b)
                  |                    ^
                  = expected: a list such as ["AAPL", "MSFT"]

            """#
        ),
        (
            "param x = .5",
            #"""
            x.md:1:11: error: '.5' is not a number
                1 | param x = .5
                  |           ^^
                  = help: numbers are written 42, 0.5, 1.5 or 1e-3; a name that begins with a digit stands in backticks

            """#
        ),
        (
            "param x = 7days",
            #"""
            x.md:1:11: error: '7days' is not a number
                1 | param x = 7days
                  |           ^^^^^
                  = help: numbers are written 42, 0.5, 1.5 or 1e-3; a name that begins with a digit stands in backticks

            """#
        ),
        (
            "param x = 9223372036854775808",
            #"""
            x.md:1:11: error: the number 9223372036854775808 is too large
                1 | param x = 9223372036854775808
                  |           ^^^^^^^^^^^^^^^^^^^
                  = help: ints reach from -9223372036854775807 to 9223372036854775807, doubles to about 1.8e308

            """#
        ),
        (
            "param x = close @ 3",
            #"""
            x.md:1:17: error: unexpected character '@'
                1 | param x = close @ 3
                  |                 ^
                  = help: names with such characters stand in backticks, text in double quotes

            """#
        ),
        (
            "param x = a ** 2; param y = 1",
            #"""
            x.md:1:13: error: unexpected '**'
                1 | param x = a ** 2; param y = 1
                  |             ^^
                  = help: there is no power operator: multiply

            x.md:1:17: error: unexpected ';'
                1 | param x = a ** 2; param y = 1
                  |                 ^
                  = help: end the statement with a new line

            """#
        ),
        (
            "let x = 1 + 2",
            #"""
            x.md:1:9: error: unexpected the number 1
                1 | let x = 1 + 2
                  |         ^
                  = expected: a table's name, a call such as csv("…") or a pipeline in parentheses

            """#
        ),
        (
            "let = raw.x",
            #"""
            x.md:1:5: error: unexpected '='
                1 | let = raw.x
                  |     ^
                  = expected: a name

            """#
        ),
        (
            "| take(5)",
            #"""
            x.md:1:1: error: unexpected '|'
                1 | | take(5)
                  | ^
                  = expected: a statement (param, let, indicator, use, table, assert, model, show, plot, serve) or a pipeline

            """#
        ),
        (
            "raw.x |",
            #"""
            x.md:1:8: error: unexpected the end of the statement
                1 | raw.x |
                  |        ^
                  = expected: a verb

            """#
        ),
        (
            "param\tx = \"é株\" - ",
            #"""
            x.md:1:17: error: unexpected the end of the statement
                1 | param   x = "é株" - 
                  |                    ^
                  = expected: an expression

            """#
        ),
        (
            "`Adj Close",
            #"""
            x.md:1:1: error: the name is not closed on its line
                1 | `Adj Close
                  | ^^^^^^^^^^
                  = expected: '`' before the line ends
                  = help: a name in backticks is written `Adj Close`

            """#
        ),
        (
            "serve m on",
            #"""
            x.md:1:11: error: unexpected the end of the statement
                1 | serve m on
                  |           ^
                  = expected: an expression

            """#
        ),
    ]

    @Test(arguments: cases.indices) func isRenderedAsRecorded(index: Int) {
        let (code, rendered) = Self.cases[index]
        #expect(DiagnosticRenderer(path: "x.md", text: code).render(Parser.parse(code).diagnostics) == rendered)
    }
}
