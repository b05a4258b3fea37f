import Language

/// Help on what the language's own tables of verbs and functions do not list.
enum LanguageHelp {
    static let statements: [HelpTopic] = [
        statement(
            "param", "param name = constant", "A value that can be set for one run with -p name=value, and for a session by typing it anew."
        ),
        statement("let", "let name = pipeline", "A name for a pipeline; nothing is stored. In a session it holds until it is typed anew."),
        statement(
            "indicator", "indicator name(x, n = 14) = expression", "A function of series, as an expression of its arguments."),
        statement("use", "use name", "Makes the functions and models of a plugin known; tickbook plugin list shows those there are."),
        statement(
            "table", "table name = pipeline",
            "Makes a versioned table of the rows; nothing is done where it is up to date. A name that the notebook has changes the notebook's."
        ),
        statement("assert", "assert(table, condition, …)", "Holds a table's rows against conditions before they are published."),
        statement(
            "model", "model name = pipeline | target(…) | features(…) | fit(…)", "Fits a model, a new version where something changed."),
        statement(
            "show", "show pipeline as table|csv|json",
            "Shows the rows; a pipeline alone does the same. As csv or json they are shown whole, for other programs."),
        statement(
            "plot", "plot pipeline | line(close) to \"file.svg\"",
            "Draws a chart of the rows, in the terminal or to a file: .svg, .png, .html or .json. Charts: "
                + ChartVerb.all.map(\.name).joined(separator: ", ") + "."),
        statement(
            "serve", "serve model on port", "Answers predictions over HTTP. In a session the server runs beside it until :stop or the end."),
    ]

    static let modelVerbs: [HelpTopic] = [
        verb("target", CallForms.target, "What is predicted; only here may rows ahead be read, a fixed number of them."),
        verb("features", "features(column, …)", "What is known when predicting: numbers and bools, none of which looks ahead."),
        verb(
            "split", CallForms.split,
            "The share of dates, earliest first, that train; the rest tests. Rows whose target reaches into the test dates are left out."),
        verb("walk_forward", CallForms.walkForward, "Trains and tests on windows that move forward in time, by numbers of dates."),
        verb("fit", "fit(kind of model)", "The kind of model and its parameters: \(CallForms.logistic), or a plugin's."),
        verb("calibrate", CallForms.calibrate, "Corrects the model's probabilities on dates that it did not train on."),
    ]

    static let models: [HelpTopic] = [
        HelpTopic(
            name: "logistic", kind: "a kind of model", form: "fit(\(CallForms.logistic))",
            text: "Logistic regression. C is the inverse of the penalty's strength; it ends when no step is longer than tolerance, at the "
                + "latest after max_iterations.")
    ]

    static let sources: [HelpTopic] = [
        HelpTopic(
            name: "csv", kind: "a source", form: CallForms.csv,
            text:
                "The rows of all files that match the path. What is not said is found out from the files; a file is read once until it changes."
        ),
        HelpTopic(name: "parquet", kind: "a source", form: CallForms.parquet, text: "The rows of all Parquet files that match the path."),
    ]

    static let conditions: [HelpTopic] = [
        condition("unique", "unique(column, …)", "No two rows of the table have the same values in these columns."),
        condition("not_null", "not_null(column, …)", "None of these columns is null in any row."),
        condition("rows", "rows >= 1000", "The number of rows of the whole table compares so with an int."),
    ]

    private static func statement(_ name: String, _ form: String, _ text: String) -> HelpTopic {
        HelpTopic(name: name, kind: "a statement", form: form, text: text)
    }

    private static func verb(_ name: String, _ form: String, _ text: String) -> HelpTopic {
        HelpTopic(name: name, kind: "a verb of models", form: "| \(form)", text: text)
    }

    private static func condition(_ name: String, _ form: String, _ text: String) -> HelpTopic {
        HelpTopic(name: name, kind: "a condition, in assert", form: form, text: text)
    }
}
