import Columnar

/// Checks `csv(…)` and `parquet(…)` and finds the columns of their files.
struct FileSourceChecker {
    static let csvForm =
        "csv(path, header = true, delimiter = \",\", quote = \"\\\"\", date_format = \"dd/mm/yyyy\", timestamp_format = \"%d/%m/%Y %H:%M\", null_text = \"NA\", types = types(Date = date))"
    static let parquetForm = "parquet(path)"

    let context: CheckContext

    func check(_ call: Call) -> FileSource? {
        switch call.name.text {
        case "csv": return csv(call)
        case "parquet": return parquet(call)
        case let name where Verb.ofModels.contains(name): return fail(.modelVerbElsewhere(name), call.name.span)
        default: return fail(.unknownName(.function, call.name.text, candidates: ["csv", "parquet"]), call.name.span)
        }
    }

    private func parquet(_ call: Call) -> FileSource? {
        guard
            let bound = ArgumentBinder(context: context, call: call, form: Self.parquetForm).bind(positional: ["path"], required: ["path"]),
            let glob = text(bound["path"]!, "path", call)
        else { return nil }
        return source(.parquet, glob, CSVOptions(), call)
    }

    private func csv(_ call: Call) -> FileSource? {
        let named = ["header", "delimiter", "quote", "date_format", "timestamp_format", "null_text", "types"]
        guard
            let bound = ArgumentBinder(context: context, call: call, form: Self.csvForm).bind(
                positional: ["path"], named: named, required: ["path"]),
            let glob = text(bound["path"]!, "path", call), let options = options(bound, call)
        else { return nil }
        return source(.csv, glob, options, call)
    }

    private func source(_ format: FileSource.Format, _ glob: String, _ options: CSVOptions, _ call: Call) -> FileSource? {
        do throws(SourceFault) {
            let schema = try context.catalog.schema(ofFiles: glob, format: format, options: options)
            for field in options.types where schema.type(of: field.name) == nil {
                return fail(.unknownName(.column, field.name, candidates: schema.names), call.span)
            }
            return FileSource(format: format, glob: glob, options: options, schema: schema)
        } catch {
            return fail(.source(error), call.span)
        }
    }

    private func options(_ bound: [String: Argument], _ call: Call) -> CSVOptions? {
        var options = CSVOptions()
        if let argument = bound["header"] {
            guard let value = constant(argument, "header") else { return nil }
            guard case .bool(let flag) = value else { return wrong("header", "true or false", argument) }
            options.header = flag
        }
        for (name, path) in [("delimiter", \CSVOptions.delimiter), ("quote", \.quote)] {
            guard let argument = bound[name] else { continue }
            guard let mark = text(argument, name, call) else { return nil }
            let lengths = name == "delimiter" ? 1...4 : 0...1
            guard lengths.contains(mark.utf8.count) else { return wrong(name, "one character", argument) }
            options[keyPath: path] = mark
        }
        for (name, path) in [("date_format", \CSVOptions.dateFormat), ("timestamp_format", \.timestampFormat)] {
            guard let argument = bound[name] else { continue }
            guard let pattern = text(argument, name, call) else { return nil }
            guard let format = DateFormat(pattern)?.strptime else {
                return wrong(
                    name, "yyyy, mm, dd and their separators, as in \"dd/mm/yyyy\", or strptime letters, as in \"%d/%m/%Y\"", argument)
            }
            options[keyPath: path] = format
        }
        if let argument = bound["null_text"] {
            guard let null = text(argument, "null_text", call) else { return nil }
            options.nullText = null
        }
        if let argument = bound["types"] {
            guard let types = types(argument) else { return nil }
            options.types = types
        }
        return options
    }

    /// `types(Date = date, Close = double)`.
    private func types(_ argument: Argument) -> [Field]? {
        guard case .call(let call) = argument.value.kind, call.name.text == "types" else {
            return wrong("types", "types(Date = date, Close = double)", argument)
        }
        var fields: [Field] = []
        for item in call.arguments {
            guard let label = item.label else { return fail(.unnamedExpression(verb: "types"), item.span) }
            guard case .name(let name) = item.value.kind, let type = DataType(rawValue: name.text) else {
                return fail(
                    .argumentValue(
                        call: "types", argument: label.text, expected: DataType.allCases.map(\.rawValue).joined(separator: ", "),
                        found: context.source(item.value.span)), item.value.span)
            }
            guard !fields.contains(where: { $0.name == label.text }) else { return fail(.duplicateArgument(label.text), item.span) }
            fields.append(Field(label.text, type))
        }
        return fields
    }

    private func text(_ argument: Argument, _ name: String, _ call: Call) -> String? {
        guard let value = constant(argument, name) else { return nil }
        guard case .string(let text) = value else { return wrong(name, "a text in double quotes", argument) }
        return text
    }

    private func constant(_ argument: Argument, _ name: String) -> Value? {
        ExpressionChecker(context: context, shape: TableShape(columns: [])).constant(argument.value, what: name)?.value
    }

    private func wrong<Result>(_ name: String, _ expected: String, _ argument: Argument) -> Result? {
        fail(.argumentValue(call: "csv", argument: name, expected: expected, found: context.source(argument.value.span)), argument.span)
    }

    private func fail<Result>(_ problem: CheckProblem, _ span: SourceSpan) -> Result? {
        context.report(problem, at: span)
        return nil
    }
}

/// A date pattern in spreadsheet letters, `dd/mm/yyyy`, or in those of strptime, `%d/%m/%Y`.
struct DateFormat {
    let strptime: String

    init?(_ pattern: String) {
        if pattern.contains("%") {
            strptime = pattern
            return
        }
        let letters = ["yyyy": "%Y", "yy": "%y", "mmm": "%b", "mm": "%m", "m": "%m", "dd": "%d", "d": "%d"]
        var format = ""
        var rest = pattern.lowercased()[...]
        while let first = rest.first {
            let run = rest.prefix { $0 == first }
            if first.isLetter {
                guard let letter = letters[String(run)] else { return nil }
                format += letter
            } else {
                format += run
            }
            rest = rest.dropFirst(run.count)
        }
        guard format.contains("%d"), format.lowercased().contains("%y") else { return nil }
        strptime = format
    }
}
