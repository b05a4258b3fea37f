import Columnar

/// Finds what may stand at a place of code that is being typed.
package struct Completer {
    let names: CompletionNames

    package init(_ names: CompletionNames) { self.names = names }

    /// `cursor` is a byte of `text`; what stands behind it is not looked at. Nil where nothing can be offered.
    package func complete(_ text: String, at cursor: Int) -> Completion? {
        let before = String(decoding: Array(text.utf8).prefix(cursor), as: UTF8.self)
        if let command = CommandLine(before) { return self.command(command) }
        let tokens = Lexer.tokens(in: before, code: SourceSpan(0, before.utf8.count)).tokens.filter { $0.kind != .end }
        if let last = tokens.last, last.span.end == before.utf8.count {
            if last.kind == .comment { return nil }
            if last.kind == .invalid, let open = open(last, before) { return open }
        }
        let start = Self.wordStart(in: before)
        let word = Self.bytes(of: before, from: start)
        guard word.first?.isNumber != true else { return nil }
        let place = CompletionPlace(text: before, word: word, wordStart: start, tokens: tokens.filter { $0.span.end <= start })
        return completion(candidates(at: place), typed: word, from: start)
    }

    /// Candidates that go on from what was typed; capitals are only minded where one fits exactly.
    func completion(_ candidates: [Completion.Candidate], typed: String, from start: Int) -> Completion? {
        var seen: Set<String> = []
        let all = candidates.filter { seen.insert($0.text).inserted }
        var fitting = all.filter { $0.begins(with: typed) }
        if fitting.isEmpty { fitting = all.filter { $0.begins(withLowercased: typed.lowercased()) } }
        guard !fitting.isEmpty else { return nil }
        return Completion(range: SourceSpan(start, start + typed.utf8.count), typed: typed, candidates: fitting)
    }

    // MARK: The word

    /// Letters, digits, underscores and the dots between them.
    private static func wordStart(in text: String) -> Int {
        var start = text.utf8.count
        for scalar in text.unicodeScalars.reversed() {
            guard scalar == "." || Lexer.continuesName(scalar) else { break }
            start -= UTF8.width(scalar)
        }
        let word = bytes(of: text, from: start)
        // `macd(close).signal`: the dot chooses a result.
        return start + word.utf8.prefix { $0 == UInt8(ascii: ".") }.count
    }

    static func bytes(of text: String, from start: Int) -> String { String(decoding: Array(text.utf8).dropFirst(start), as: UTF8.self) }

    // MARK: Quotes

    /// Inside a text that is not closed stand paths, in backticks that are not closed columns.
    private func open(_ token: Token, _ text: String) -> Completion? {
        let written = Self.bytes(of: text, from: token.span.start)
        if written.hasPrefix("\"") {
            let typed = String(written.dropFirst())
            return completion(names.files(typed).map { path($0) }, typed: typed, from: token.span.start + 1)
        }
        guard written.hasPrefix("`") else { return nil }
        let before = Lexer.tokens(in: text, code: SourceSpan(0, token.span.start)).tokens.filter { $0.kind != .end }
        let place = CompletionPlace(text: text, word: written, wordStart: token.span.start, tokens: before)
        let quoted = columns(at: place).map { column in
            Completion.Candidate("`\(column.name)`", label: column.name, .column, column.type.rawValue)
        }
        return completion(quoted, typed: written, from: token.span.start)
    }

    /// A file's path closes the text, a folder's goes on.
    private func path(_ path: String) -> Completion.Candidate {
        Completion.Candidate(path.hasSuffix("/") ? path : path + "\"", label: path, .file)
    }

    // MARK: Code

    private func candidates(at place: CompletionPlace) -> [Completion.Candidate] {
        if let results = results(at: place) { return results }
        switch place.level.kind {
        case .statement: return statement(place)
        case .group: return group(place)
        case .list: return place.beginsOperand ? columnCandidates(at: place) + (place.isListOfValues ? parameters : []) : []
        case .call(let name): return argument(of: name, place)
        }
    }

    private func statement(_ place: CompletionPlace) -> [Completion.Candidate] {
        let level = place.level
        if place.previous == .symbol(.pipe) { return verbs(at: place) }
        guard let first = level.tokens.first else { return beginnings }
        guard let keyword = level.keyword else { return [] }
        switch keyword {
        case .use where level.tokens.count == 1: return names.catalog.pluginNames.map { Completion.Candidate($0, .plugin) }
        case .serve where level.tokens.count == 1: return models
        case .serve where level.tokens.count == 2: return [Completion.Candidate("on ", label: "on", .statement, "the port")]
        case .table where level.tokens.count == 1: return tables
        case .model where level.tokens.count == 1: return models
        default: break
        }
        if level.pipelineStart != first.span.start, level.pipelineStart == level.tokens.last?.span.end { return sources }
        if keyword == .indicator, place.beginsOperand, level.tokens.contains(where: { $0.kind == .symbol(.assign) }) { return functions }
        return keyword.takesPipeline ? ending(of: keyword, place) : []
    }

    /// `show … as csv`, `plot … to "close.svg"`
    private func ending(of keyword: Keyword, _ place: CompletionPlace) -> [Completion.Candidate] {
        let level = place.level
        if keyword == .show, place.previous == .name("as"), level.tokens.count > 2 {
            return RowsFormat.allCases.map { Completion.Candidate($0.rawValue, .value, "how rows are printed") }
        }
        guard level.tokens.count > 1, !place.beginsOperand else { return [] }
        return keyword == .plot
            ? [Completion.Candidate("to \"", label: "to", .statement, "a file")]
            : [Completion.Candidate("as ", label: "as", .statement, RowsFormat.allCases.map(\.rawValue).joined(separator: ", "))]
    }

    /// Brackets around a pipeline, or around a part of an expression.
    private func group(_ place: CompletionPlace) -> [Completion.Candidate] {
        if place.previous == .symbol(.pipe) { return verbs(at: place) }
        let holdsPipeline: Bool =
            switch place.levels.dropLast().last?.kind {
            case .call("join"), .call("union"), .statement: true
            default: false
            }
        if holdsPipeline { return place.previous == nil ? sources : [] }
        return expression(place)
    }

    private func results(at place: CompletionPlace) -> [Completion.Candidate]? {
        guard place.previous == .symbol(.dot), let call = place.lastCall, let function = names.notebook.functions.series(call) else {
            return nil
        }
        return function.outputs.map { Completion.Candidate($0, .result, "a result of \(call)") }
    }
}

extension CompletionPlace {
    /// `symbol in [`, where other lists hold columns.
    fileprivate var isListOfValues: Bool { levels.dropLast().last?.tokens.contains { $0.kind == .keyword(.in) } ?? false }
}

extension Completion.Candidate {
    /// What stands in backticks is found by its name too.
    private var spellings: [String] { text.hasPrefix("`") ? [text, String(text.dropFirst())] : [text] }

    fileprivate func begins(with typed: String) -> Bool { spellings.contains { $0.hasPrefix(typed) } }

    fileprivate func begins(withLowercased typed: String) -> Bool { spellings.contains { $0.lowercased().hasPrefix(typed) } }
}
