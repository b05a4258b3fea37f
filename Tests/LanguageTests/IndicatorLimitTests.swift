import Testing

@testable import Language

/// Indicators of indicators take no time that grows with what they would be when written out.
@Suite struct IndicatorLimitTests {
    private func problems(_ statements: [String]) -> [String] {
        let text = statements.joined(separator: "\n")
        let (parsed, _) = Parser.parse(text)
        let (_, diagnostics) = NotebookChecker.check(
            SyntaxTree(cells: [CellSyntax(name: "main", statements: parsed)]), text: text, catalog: InMemoryCatalog(),
            functions: FunctionLibrary([]))
        return diagnostics.map(\.problem.code)
    }

    @Test func doublingIndicatorsEndAtTheLimit() {
        let doubling = (1..<200).map { "indicator f\($0)(x) = f\($0 - 1)(x) + f\($0 - 1)(x)" }
        #expect(problems(["indicator f0(x) = x"] + doubling) == ["indicator-too-large"])
    }

    @Test func doublingIndicatorsThatStaySmallEndAtTheLimitToo() {
        let doubling = (1..<200).map { "indicator f\($0)(x) = f\($0 - 1)(f\($0 - 1)(x))" }
        #expect(problems(["indicator f0(x) = x"] + doubling) == ["indicator-too-large"])
    }

    @Test func aThousandUsesOfOneAreFine() {
        let sum = (0..<1000).map { _ in "f(x)" }.joined(separator: " + ")
        #expect(problems(["indicator f(x) = x", "indicator g(x) = \(sum)"]) == [])
    }
}
