import Language
import Testing

/// What changes the meaning of a notebook and what does not.
@Suite struct DefinitionTests {
    static let code = """
        param n = 3
        let dear = prices | where(close > 12)
        show dear | derive(m = sma(close, n), r = change(close)) | select(symbol, date, m, r)
        """

    @Test func commentsAndLayoutDoNot() {
        let other = """
            # what matters
            param n   =   3
            let dear =
              prices   # all of them
              | where( close>12 )
            show dear
              | derive(
                  m = sma(close, n),   # smooth
                  r = change(close))
              | select(symbol, date, m, r)
            """
        #expect(definition(other) == definition(Self.code))
    }

    @Test func theNamesOfLetsAndParamsDoNot() {
        let other = Self.code.replacing("dear", with: "expensive").replacing("n = 3", with: "length = 3").replacing(
            ", n)", with: ", length)")
        #expect(definition(other) == definition(Self.code))
    }

    @Test func aLetOrItsPipelineDoesNot() {
        let other =
            "param n = 3\nshow prices | where(close > 12) | derive(m = sma(close, n), r = change(close)) | select(symbol, date, m, r)"
        #expect(definition(other) == definition(Self.code))
    }

    @Test func aDefaultWrittenOutDoesNot() {
        #expect(definition(Self.code.replacing("change(close)", with: "change(close, n = 1)")) == definition(Self.code))
    }

    @Test func theValueOfAParamDoes() {
        #expect(definition(Self.code.replacing("n = 3", with: "n = 4")) != definition(Self.code))
        #expect(definition(Self.code, overrides: ["n": "4"]) == definition(Self.code.replacing("n = 3", with: "n = 4")))
    }

    @Test func theTypeOfANumberDoes() {
        #expect(definition("show prices | derive(x = volume + 1)") != definition("show prices | derive(x = volume + 1.0)"))
    }

    private static let indicator = """
        indicator distance(x, n = 5) = x - sma(x, n)
        indicator standing(x, n = 20) = distance(x, n) / stddev(x, n)
        show prices | derive(z = standing(close - open, n = 3))
        """

    @Test func anIndicatorMeansWhatItStandsFor() {
        let written = "show prices | derive(z = ((close - open) - sma(close - open, 3)) / stddev(close - open, 3))"
        #expect(definition(Self.indicator) == definition(written))
    }

    @Test func theNamesOfAnIndicatorAndItsArgumentsDoNot() {
        let other = Self.indicator.replacing("standing", with: "z_of").replacing("distance", with: "off").replacing("x", with: "series")
            .replacing("n =", with: "rows =").replacing(" n)", with: " rows)")
        #expect(definition(other) == definition(Self.indicator))
    }

    @Test func anIndicatorThatIsNotUsedDoesNot() {
        #expect(definition("indicator other(x) = x\n" + Self.indicator) == definition(Self.indicator))
    }

    @Test func aDefaultThatIsUsedDoes() {
        let used = Self.indicator.replacing(", n = 3)", with: ")")
        #expect(definition(used) != definition(used.replacing("n = 20", with: "n = 21")))
        #expect(definition(used) == definition(used.replacing("n = 5", with: "n = 6")))
    }

    @Test(arguments: ["pipelines"]) func formattingDoesNot(file: String) throws {
        for section in try CaseFile(file).sections {
            let formatted = try #require(Formatter.format(code: section.code + "\n"))
            #expect(definition(formatted) == definition(section.code), "\(section.heading)")
        }
    }

    private func definition(_ code: String, overrides: [String: String] = [:]) -> String? {
        let checked = CheckedCase(code, overrides: overrides)
        #expect(checked.diagnostics.isEmpty, "\(checked.rendered)")
        return checked.pipelines.last?.definition
    }
}
