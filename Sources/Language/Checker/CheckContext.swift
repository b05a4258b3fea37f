import Columnar

/// What every part of one check shares: the notebook's text, its parameters, what was found wrong.
final class CheckContext {
    let text: String
    let catalog: any Catalog
    private(set) var functions: FunctionLibrary
    private(set) var diagnostics: [Diagnostic] = []
    private var parameters: [String: (value: Value, type: DataType, name: Name, isUsed: Bool)] = [:]
    /// Names whose definitions were wrong; what uses them is not reported too.
    private var broken: Set<String> = []
    /// The cell of every parameter of the whole notebook.
    private let parameterCells: [String: String]
    /// Those defined so far; nil inside when the definition was wrong.
    private var indicators: [String: IndicatorDefinition?] = [:]
    /// Indicators that use themselves, which is reported already.
    private var circularIndicators: Set<String> = []
    /// Every indicator of the whole notebook.
    private let laterIndicators: Set<String>

    init(
        text: String, catalog: any Catalog, functions: FunctionLibrary, parameterCells: [String: String] = [:],
        laterIndicators: Set<String> = []
    ) {
        self.text = text
        self.parameterCells = parameterCells
        self.laterIndicators = laterIndicators
        self.catalog = catalog
        self.functions = functions
    }

    func report(_ problem: CheckProblem, at span: SourceSpan) {
        diagnostics.append(Diagnostic(.check(problem), at: span))
    }

    func declare(parameter name: Name, value: Value, type: DataType) {
        if parameters[name.text] != nil { report(.duplicateDefinition(.parameter, name.text), at: name.span) }
        parameters[name.text] = (value, type, name, false)
    }

    func declare(brokenParameter name: String) { broken.insert(name) }

    func isBroken(parameter name: String) -> Bool { broken.contains(name) }

    /// The cell that will declare the parameter, further down; nil when none will.
    func definingCell(ofParameter name: String) -> String? { parameters[name] == nil ? parameterCells[name] : nil }

    func useParameter(_ name: String) -> (value: Value, type: DataType)? {
        guard let found = parameters[name] else { return nil }
        parameters[name]!.isUsed = true
        return (found.value, found.type)
    }

    var parameterNames: [String] { parameters.keys.sorted() }

    var declaredParameters: [NotebookNames.Parameter] {
        parameters.map { NotebookNames.Parameter(name: $0, value: $1.value, type: $1.type) }.sorted { $0.name < $1.name }
    }

    /// `excusing` names stand in statements that could not be checked to the end.
    func reportUnusedParameters(excusing names: Set<String>) {
        let unused = parameters.values.filter { !$0.isUsed && !names.contains($0.name.text) }
        for parameter in unused { report(.unusedParameter(parameter.name.text), at: parameter.name.span) }
    }

    // MARK: Plugins

    /// The kinds of model that plugins in use bring, beside `logistic`.
    private(set) var models: [String: ModelFunction] = [:]

    func declare(_ model: ModelFunction) { models[model.name] = model }

    /// The plugins in use.
    private(set) var plugins: [String] = []

    func declare(plugin name: String) { plugins.append(name) }

    /// Whether a plugin in use could not be had, so that nobody knows what names it would have brought.
    private(set) var lacksPlugin = false

    func declareLackOfPlugin() { lacksPlugin = true }

    func declare(_ function: SeriesFunction) { functions.add(function) }

    // MARK: Indicators

    /// Whether a plugin may not define this name any more.
    func isTaken(_ name: String) -> Bool { hasIndicator(name) || functions.names.contains(name) }

    enum IndicatorLookup {
        case known(IndicatorDefinition)
        /// Defined, but wrongly; that is reported already.
        case broken
        /// Defined further down.
        case later
    }

    func indicator(_ name: String) -> IndicatorLookup? {
        if let defined = indicators[name] { return defined.map(IndicatorLookup.known) ?? .broken }
        return circularIndicators.contains(name) ? .broken : laterIndicators.contains(name) ? .later : nil
    }

    var knownIndicators: [IndicatorDefinition] { indicators.values.compactMap(\.self).sorted { $0.name < $1.name } }

    var brokenIndicators: [String] { indicators.filter { $0.value == nil }.keys.sorted() }

    func hasIndicator(_ name: String) -> Bool { indicators[name] != nil }

    func isCircular(indicator name: String) -> Bool { circularIndicators.contains(name) }

    func declare(_ indicator: IndicatorDefinition) { indicators[indicator.name] = indicator }

    /// A first definition that is right stays.
    func declare(brokenIndicator name: String) { if indicators[name] == nil { indicators.updateValue(nil, forKey: name) } }

    func declare(circularIndicators names: [String]) { circularIndicators.formUnion(names) }

    /// Everything that can be called in an expression.
    var functionNames: [String] { (functions.names + indicators.filter { $0.value != nil }.keys).sorted() }

    // MARK: Reports

    /// What the work reports, which goes no further.
    func collecting<Result>(_ work: () -> Result) -> (result: Result, diagnostics: [Diagnostic]) {
        let before = diagnostics
        diagnostics = []
        defer { diagnostics = before }
        return (work(), diagnostics)
    }

    func report(_ diagnostics: [Diagnostic]) { self.diagnostics += diagnostics }

    /// The notebook's words at a span, on one line.
    func source(_ span: SourceSpan) -> String { CheckContext.words(of: text, span) }

    static func words(of text: String, _ span: SourceSpan) -> String {
        let bytes = Array(text.utf8)[span.start..<min(span.end, text.utf8.count)]
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// The functions of series there are, by name.
package struct FunctionLibrary: Sendable {
    private var series: [String: SeriesFunction]

    package init(_ functions: [SeriesFunction]) {
        series = Dictionary(uniqueKeysWithValues: functions.map { ($0.name, $0) })
    }

    package func series(_ name: String) -> SeriesFunction? { series[name] }

    mutating func add(_ function: SeriesFunction) { series[function.name] = function }

    package var names: [String] {
        let scalars = ScalarFunction.allCases.filter(\.isCallable).map(\.rawValue)
        return Set(series.keys).union(scalars).union(["min", "max"]).sorted()
    }
}
