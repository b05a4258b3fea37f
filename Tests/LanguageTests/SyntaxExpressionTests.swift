import Columnar
import Testing

@testable import Language

@Suite struct SyntaxExpressionTests {
    /// The tree of the expression, or its mistakes.
    private func tree(_ code: String) -> String {
        let (statements, diagnostics) = Parser.parse("param x = \(code)")
        guard diagnostics.isEmpty else { return diagnostics.map(\.problem.message).joined(separator: "; ") }
        guard statements.count == 1, case .param(_, let value) = statements[0].kind else { return "\(statements)" }
        return value.description
    }

    @Test(arguments: [
        ("a + b * c", "(+ a (* b c))"),
        ("a - b - c", "(- (- a b) c)"),
        ("a / b % c", "(% (/ a b) c)"),
        ("-a * b", "(* (- a) b)"),
        ("2 - -3", "(- 2 (- 3))"),
        ("(a + b) * c", "(* (+ a b) c)"),
        ("a or b and c", "(or a (and b c))"),
        ("not a == b", "(not (== a b))"),
        ("not a and b", "(and (not a) b)"),
        ("a and not b", "(and a (not b))"),
        ("a + 1 > b * 2", "(> (+ a 1) (* b 2))"),
        ("(a < b) == c", "(== (< a b) c)"),
        ("symbol in [\"A\", \"B\"]", "(in symbol [\"A\" \"B\"])"),
        ("[]", "[]"),
        ("f(a, n = 3,)", "(call f a n=3)"),
        ("f(g(x), (t | take(5)))", "(call f (call g x) (pipeline t (call take 5)))"),
        ("((a))", "a"),
        ("-f(x, n = 3).upper * 2", "(* (- (output (call f x n=3) upper)) 2)"),
        ("f(g(x).`a b`). upper", "(output (call f (output (call g x) `a b`)) upper)"),
        ("`Adj Close` / raw.stocks", "(/ `Adj Close` raw.stocks)"),
        ("[true, false, null]", "[true false null]"),
    ])
    func groupsByPrecedence(code: String, expected: String) {
        #expect(tree(code) == expected)
    }

    @Test(arguments: [
        ("42", "42"), ("007", "7"), ("9223372036854775807", "9223372036854775807"), ("1.50", "1.5"), ("1e-3", "0.001"),
        ("2E+2", "200.0"), ("\"a\\\"b\\\\\\n\\t\\u{e9}\"", "\"a\\\"b\\\\\\n\\té\""),
    ])
    func readsLiterals(code: String, expected: String) {
        #expect(tree(code) == expected)
    }

    @Test func spansCountFromTheStartOfTheWholeText() {
        let text = "préamble\nparam x = a + b\n"
        let (statements, _) = Parser.parse(text, code: SourceSpan(10, text.utf8.count))
        guard case .param(let name, let value) = statements.first?.kind else { return #expect(Bool(false), "no parameter") }
        #expect(name.span == SourceSpan(16, 17))
        #expect(value.span == SourceSpan(20, 25))
        #expect(SourceLines(text).text(value.span) == "a + b")
    }

    @Test func newlinesInsideBracketsAndBeforeOperatorsDoNotEndAStatement() {
        let (statements, diagnostics) = Parser.parse(
            "param x = f(a,\n  b)\n  + 1\n  in [2,\n 3]\nparam y = 1\n# end\nraw.x\n| take(1)\nraw.y")
        #expect(diagnostics.isEmpty)
        #expect(
            statements.map(\.description) == [
                "(param x (in (+ (call f a b) 1) [2 3]))", "(param y 1)", "(pipeline\n  raw.x\n  (call take 1))", "(pipeline\n  raw.y)",
            ])
    }
}
