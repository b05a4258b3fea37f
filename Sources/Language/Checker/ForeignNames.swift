/// What verbs and functions of other tools are called here.
enum ForeignNames {
    static func translation(of name: String, _ kind: CheckProblem.NameKind) -> String? {
        switch kind {
        case .verb: verbs[name.lowercased()]
        case .function: functions[name.lowercased()]
        default: nil
        }
    }

    private static let verbs = [
        "filter": "where(…)", "query": "where(…)", "mutate": "derive(…)", "assign": "derive(…)", "with_columns": "derive(…)",
        "extend": "derive(…)", "group_by": "group(…)", "groupby": "group(…)", "agg": "summarize(…)", "aggregate": "summarize(…)",
        "order_by": "sort(…)", "orderby": "sort(…)", "arrange": "sort(…)", "limit": "take(…)", "head": "take(…)", "project": "select(…)",
        "columns": "select(…)", "remove": "drop(…)", "distinct": "latest()", "dedup": "latest()", "merge": "join(…)", "append": "union(…)",
        "concat": "union(…)", "check": "require(…)", "train_test_split": "split(train = 0.8)", "holdout": "split(train = 0.8)",
        "embargo": "split(train = 0.8, embargo = 5)", "purge": "split(train = 0.8), which purges by itself",
        "cross_validate": "walk_forward(train = 756, test = 63)", "time_series_split": "walk_forward(train = 756, test = 63)",
        "timeseriessplit": "walk_forward(train = 756, test = 63)", "walkforward": "walk_forward(train = 756, test = 63)",
    ]

    private static let functions = [
        "lag": "prev(x, 1)", "shift": "prev(x, 1), or next(x, 1) for later rows", "lead": "next(x, 1)", "pct_change": "change(x)",
        "returns": "change(x)", "delta": "diff(x)", "mean": "avg(x) in summarize, or sma(x, 14) for a moving window",
        "rolling_mean": "sma(x, 14)", "ma": "sma(x, 14)",
        "std": "stddev(x, 14)", "stdev": "stddev(x, 14)", "ln": "log(x)", "pow": "power(x, y)", "case": "if(condition, a, b)",
        "when": "if(condition, a, b)", "iff": "if(condition, a, b)", "ifelse": "if(condition, a, b)", "where": "if(condition, a, b)",
        "nvl": "coalesce(a, b)", "ifnull": "coalesce(a, b)", "fillna": "coalesce(a, b)", "isnull": "is_null(a)", "len": "length(text)",
        "substr": "substring(text, start, length)", "to_date": "date(x)", "weekday": "day_of_week(date)", "dayofweek": "day_of_week(date)",
        "desc": "desc(…) only in sort(…)", "cast": "int(x), double(x), string(x), bool(x), date(x) or timestamp(x)",
    ]
}
