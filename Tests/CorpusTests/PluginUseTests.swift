import Language
import Testing

/// Indicators that come from a plugin's `.tick` files.
@Suite struct PluginUseTests {
    private static let momentum = IndicatorFile(
        path: "plugins/momentum/momentum.tick",
        text: "# how far prices moved\nindicator gain(x, n = 1) = x / prev(x, n) - 1  # not in percent\n")
    private static let slow = IndicatorFile(
        path: "plugins/momentum/slow.tick", text: "indicator slow_gain(x, n = 20) = sma(gain(x), n)\n")
    private static let wrong = IndicatorFile(
        path: "plugins/wrong/wrong.tick", text: "indicator good(x) = x\n\nindicator bad(x) = x + y\nshow prices\nparam = 3\n")

    private func check(_ code: String) -> CheckedCase {
        var catalog = Fixtures.catalog
        catalog.plugins = [
            "momentum": PluginContents(indicatorFiles: [Self.momentum, Self.slow]),
            "wrong": PluginContents(indicatorFiles: [Self.wrong]), "native": PluginContents(),
        ]
        return CheckedCase(code, catalog: catalog)
    }

    @Test func anIndicatorOfAPluginMeansWhatItStandsFor() {
        let used = check("use momentum\nshow prices | derive(g = slow_gain(close, 5))")
        let written = check("show prices | derive(g = sma(close / prev(close, 1) - 1, 5))")
        #expect(used.rendered == "")
        #expect(used.pipelines.last?.definition == written.pipelines.last?.definition)
    }

    @Test func aNotebookNamesThePluginsItUses() {
        #expect(check("use native\nuse momentum\nuse native").notebook.plugins == ["native", "momentum"])
    }

    @Test func withoutItsUseAPluginIsNotThere() {
        #expect(
            check("show prices | derive(g = gain(close))").rendered == """
                notebook.md:5:26: error: unknown function 'gain'; plugin 'momentum' has it
                    5 | show prices | derive(g = gain(close))
                      |                          ^^^^
                      = help: write above: use momentum

                """)
        #expect(check("show prices | derive(g = gains(close))").rendered.contains("error: unknown function 'gains'\n"))
    }

    @Test func anUnknownPluginIsReportedWithThoseThereAre() {
        #expect(
            check("use momentun").rendered == """
                notebook.md:5:5: error: unknown plugin 'momentun'
                    5 | use momentun
                      |     ^^^^^^^^ did you mean 'momentum'?
                      = expected: one of the plugins: momentum, native, wrong

                """)
    }

    @Test func mistakesInAPluginAreReportedWhereItIsUsedAndOnce() {
        #expect(
            check("use wrong\nshow prices | derive(a = good(close), b = bad(close))").rendered == """
                notebook.md:5:5: error: plugin 'wrong' has 3 mistakes, the first: plugins/wrong/wrong.tick:3:24: 'y' is no argument of indicator 'bad'
                    5 | use wrong
                      |     ^^^^^
                      = help: mend the files of 'wrong', or leave it out

                """)
    }

    @Test func aFilesMistakesAreThoseOfItsOwnText() {
        let found = IndicatorFiles([Self.wrong], functions: Fixtures.functions).diagnostics.map(\.diagnostic)
        #expect(
            DiagnosticRenderer(path: "wrong.tick", text: Self.wrong.text).render(found) == """
                wrong.tick:3:24: error: 'y' is no argument of indicator 'bad'
                    3 | indicator bad(x) = x + y
                      |                        ^
                      = expected: one of its arguments: x
                      = help: columns and params are not seen here; make it an argument: indicator bad(x, y)

                wrong.tick:4:1: error: a file of a plugin defines indicators and nothing else
                    4 | show prices
                      | ^^^^^^^^^^^
                      = expected: indicator mean_gain(x, n = 20) = sma(change(x), n)
                      = help: put this statement into a notebook

                wrong.tick:5:7: error: unexpected '='
                    5 | param = 3
                      |       ^
                      = expected: a parameter's name

                """)
    }

    @Test(arguments: ["indicator gain(x) = x\nuse momentum", "use momentum\nindicator gain(x) = x"])
    func anIndicatorOfTheSameNameIsAMistake(code: String) {
        #expect(check(code).diagnostics.count == 1, "\(check(code).rendered)")
    }

    @Test func aCallThatDoesNotFitShowsTheFilesWords() {
        #expect(check("use momentum\nshow prices | derive(g = slow_gain(symbol))").rendered.contains("holds x / prev(x, n)"))
    }
}
