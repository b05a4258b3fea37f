import Testing

@testable import Language

@Suite struct FormatterTests {
    private func formatted(_ code: String) -> String? { Formatter.format(code: code) }

    @Test func aPipelineWithSeveralVerbsTakesALineForEachStep() {
        #expect(
            formatted("table a.b=raw.stocks|latest()|select( symbol,date )") == """
                table a.b =
                  raw.stocks
                  | latest()
                  | select(symbol, date)

                """)
    }

    @Test func aPipelineWithOneVerbStaysOnOneLine() {
        #expect(formatted("let x=\n raw.stocks\n  |take( 5 )") == "let x = raw.stocks | take(5)\n")
    }

    @Test func anIndicatorTakesOneLineWhereItFits() {
        #expect(
            formatted("indicator standing( x,n=20 )=\n  # how far off\n  (x-sma(x,n))/stddev(x,n) # in deviations")
                == "# how far off\nindicator standing(x, n = 20) = (x - sma(x, n)) / stddev(x, n)  # in deviations\n")
    }

    @Test func theExpressionOfALongIndicatorBeginsOnALineOfItsOwn() {
        let code = """
            indicator strength(close, high, low, fast = 12, slow = 26) = (sma(close, fast) - sma(close, slow)) / (sma(high, fast) \
            - sma(low, fast)) + (sma(high, slow) - sma(low, slow)) / sma(close, slow)
            """
        #expect(
            formatted(code) == """
                indicator strength(close, high, low, fast = 12, slow = 26) =
                  (sma(close, fast) - sma(close, slow)) / (sma(high, fast) - sma(low, fast))
                  + (sma(high, slow) - sma(low, slow)) / sma(close, slow)

                """)
    }

    @Test func longDefinitionsTakeALineEachWithAlignedNames() {
        let code = """
            table t = x | derive(daily_return = change(close), ma_7 = sma(close, 7), ma_14 = sma(close, 14), \
            ma_30 = sma(close, 30), volatility_14 = stddev(daily_return, 14))
            """
        #expect(
            formatted(code) == """
                table t =
                  x
                  | derive(daily_return  = change(close),
                           ma_7          = sma(close, 7),
                           ma_14         = sma(close, 14),
                           ma_30         = sma(close, 30),
                           volatility_14 = stddev(daily_return, 14))

                """)
    }

    @Test func otherLongArgumentListsFillTheirLines() {
        let code = """
            table t = csv("a") | rename(symbol = Ticker, date = Date, open = Open, high = High, low = Low, close = Close, \
            volume = Volume, adj_close = `Adj Close`) | drop(a)
            """
        #expect(
            formatted(code) == """
                table t =
                  csv("a")
                  | rename(symbol = Ticker, date = Date, open = Open, high = High, low = Low, close = Close, volume = Volume,
                           adj_close = `Adj Close`)
                  | drop(a)

                """)
    }

    @Test func aLongAssertFillsItsLines() {
        let code =
            "assert(curated.stocks.daily_prices,close>0,unique( symbol,date ),not_null(open, high, low, close, volume),rows>=1000, high >= low)"
        #expect(
            formatted(code) == """
                assert(curated.stocks.daily_prices, close > 0, unique(symbol, date), not_null(open, high, low, close, volume),
                       rows >= 1000, high >= low)

                """)
    }

    @Test func commentsOfAnAssertStayBesideItsConditions() {
        let code = """
            assert(prices,  # what we rely on
             close > 0, # paid
               # one a day
              unique(symbol, date))  # end
            """
        #expect(
            formatted(code) == """
                assert(prices,  # what we rely on
                       close > 0,  # paid
                       # one a day
                       unique(symbol, date))  # end

                """)
    }

    @Test func paramsThatFollowEachOtherAreAligned() {
        let code = """
            param inbox = "*.csv"  # files
            param n = 1
            # apart
            param x   = 1
            param long_name = 2

            param y = 1
            table t = a
            param z  = 1
            """
        #expect(
            formatted(code) == """
                param inbox = "*.csv"  # files
                param n     = 1
                # apart
                param x         = 1
                param long_name = 2

                param y = 1
                table t = a
                param z = 1

                """)
    }

    @Test func commentsStayBesideTheirPartOfTheCode() {
        let code = """
            # first

            param n=5 # five
            table t = # head
              # source
              x # behind the source
              # before the verb
              | derive(a = 1, # one
                # two
                b = 2 # last
                # out of use
              ) # end
              # | take(5)

            # tail
            """
        #expect(
            formatted(code) == """
                # first

                param n = 5  # five
                table t =  # head
                  # source
                  x  # behind the source
                  # before the verb
                  | derive(a = 1,  # one
                           # two
                           b = 2  # last
                           # out of use
                          )  # end
                  # | take(5)

                # tail

                """)
    }

    @Test func aLongConditionBreaksBeforeItsOperators() {
        let code =
            "raw.stocks | where(opening_price_of_day > 100 and closing_price_of_day > 100 and volume > 0 and (symbol == \"AAPL\" or symbol == \"MSFT\"))"
        #expect(
            formatted(code) == """
                raw.stocks
                  | where(opening_price_of_day > 100
                          and closing_price_of_day > 100
                          and volume > 0
                          and (symbol == "AAPL" or symbol == "MSFT"))

                """)
    }

    @Test func longListsFillTheirLines() throws {
        let symbols = (0..<30).map { "\"S\($0)\"" }.joined(separator: ",")
        let code = try #require(formatted("raw.x | where(symbol in [\(symbols)])"))
        let lines = code.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[1...2].allSatisfy { $0.count > 112 && $0.count <= 120 })
    }

    @Test(arguments: [
        ("param x = 1e-3", "param x = 1e-3\n"),
        ("param x = \"\\u{41}\"", "param x = \"\\u{41}\"\n"),
        ("param x = ( 007 )", "param x = 007\n"),
        ("param x = (a and b) or c", "param x = (a and b) or c\n"),
        ("param x = ((a + b)) * c", "param x = (a + b) * c\n"),
        ("param x = (a == b)", "param x = a == b\n"),
        ("serve m   on 8000", "serve m on 8000\n"),
        ("show `Adj Close`", "show `Adj Close`\n"),
    ])
    func spellingAndClarifyingParenthesesStay(code: String, expected: String) {
        #expect(formatted(code) == expected)
    }

    @Test func codeWithMistakesIsLeftAlone() { #expect(formatted("table = x") == nil) }

    @Test func onlyTheCodeOfFaultlessCellsChanges() {
        let rest = "```\n~~~tick b\ntable  =\n~~~\n```sql\nselect  1\n```\n"
        let text = "---\ntickbook: 1\n---\n* prose   stays\n\n```tick a\nparam  x=1\n" + rest
        let (notebook, _) = Notebook.parse(path: "x.md", text: text)
        #expect(Formatter.format(notebook) == text.replacing("param  x=1", with: "param x = 1"))
    }

    @Test func carriageReturnsStay() {
        let text = "---\r\ntickbook: 1\r\n---\r\n```tick a\r\nparam  x=1\r\nparam y = 2\r\n```\r\n"
        let (notebook, diagnostics) = Notebook.parse(path: "x.md", text: text)
        #expect(diagnostics.isEmpty)
        let expected = "---\r\ntickbook: 1\r\n---\r\n```tick a\r\nparam x = 1\r\nparam y = 2\r\n```\r\n"
        #expect(Array(Formatter.format(notebook).utf8) == Array(expected.utf8))
    }

    @Test func aCellWithoutCodeStaysEmpty() { #expect(formatted("") == "") }
}
