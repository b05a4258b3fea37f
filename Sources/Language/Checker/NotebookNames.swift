package import Columnar

/// What a notebook defines and brings in, as far as it could be told; of one with mistakes too.
package struct NotebookNames: Sendable {
    package struct Parameter: Sendable, Hashable {
        package let name: String
        package let value: Value
        package let type: DataType
    }

    /// Nil inside where a mistake keeps the columns unknown.
    package internal(set) var tables: [String: TableShape?] = [:]
    package internal(set) var bindings: [String: CheckedPipeline?] = [:]
    package internal(set) var models: [String] = []
    package internal(set) var parameters: [Parameter] = []
    /// The functions of series, those of plugins in use among them.
    package internal(set) var functions: FunctionLibrary
    var indicators: [IndicatorDefinition] = []
    /// The kinds of model that plugins in use bring.
    package internal(set) var modelFunctions: [ModelFunction] = []

    /// Those of a notebook without cells.
    package init(functions: FunctionLibrary) { self.functions = functions }

    init(_ context: CheckContext, _ scope: NotebookScope) {
        functions = context.functions
        tables = scope.tables
        bindings = scope.bindings
        models = scope.modelNames
        parameters = context.declaredParameters
        indicators = context.knownIndicators
        modelFunctions = context.models.values.sorted { $0.name < $1.name }
    }

    /// The place behind the notebook's last cell, for checks of what is typed there.
    func checker(of text: String, catalog: any Catalog) -> PipelineChecker {
        let context = CheckContext(text: text, catalog: catalog, functions: functions)
        for parameter in parameters {
            context.declare(parameter: Name(parameter.name, SourceSpan(0, 0)), value: parameter.value, type: parameter.type)
        }
        indicators.forEach(context.declare)
        modelFunctions.forEach(context.declare)
        let scope = NotebookScope(definingCells: [:])
        for (name, shape) in tables { scope.define(table: name, shape) }
        for (name, pipeline) in bindings { scope.define(binding: name, pipeline) }
        models.forEach(scope.define(model:))
        return PipelineChecker(context: context, scope: scope)
    }
}
