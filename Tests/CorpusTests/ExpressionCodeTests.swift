import Columnar
import Language
import Testing

/// A checked expression written as code means what it meant, and is written as a person would.
@Suite struct ExpressionCodeTests {
    @Test(arguments: [
        ("sma(close, 7)", "sma(close, 7)"), ("sma(close, n = 7, partial = true)", "sma(close, 7, partial = true)"),
        ("stddev(change(close), 14, ddof = 0)", "stddev(change(close), 14, ddof = 0)"),
        ("sma(volume, n = 3)", "sma(volume, 3)"), ("bbands(close, 21).upper", "bbands(close, 21).upper"),
        ("(open + close) / 2 - -close * (high - low)", "(open + close) / 2 - -close * (high - low)"),
        ("not (close > open and (high == low or is_null(volume)))", "not (close > open and (high == low or is_null(volume)))"),
        ("symbol in [\"AAPL\", \"a \\\"b\\\"\"]", "symbol in [\"AAPL\", \"a \\\"b\\\"\"]"),
        ("if(date >= \"2012-03-01\", close, null)", "if(date >= \"2012-03-01\", close, null)"),
    ])
    func codeMeansTheSame(_ written: String, _ expected: String) throws {
        let expression = try checked(written)
        let code = expression.code { Fixtures.functions.series($0) }
        #expect(code == expected)
        #expect(try checked(code) == expression)
    }

    private func checked(_ code: String) throws -> CheckedExpression {
        let found = CheckedCase("show prices | derive(x = \(code))")
        #expect(found.diagnostics.isEmpty, "\(code): \(found.rendered)")
        let pipeline = try #require(found.pipelines.first)
        guard case .derive(let columns)? = pipeline.steps.last?.kind else { throw NoDerive() }
        return try #require(columns.first).expression
    }

    private struct NoDerive: Error {}
}
