import Columnar

/// A function of series, or of a row's values, that is defined in the language.
///
/// Invariant: with series of some types its body checks.
struct IndicatorDefinition {
    let name: String
    /// Its arguments without a default.
    let series: [String]
    /// Its arguments with a default.
    let constants: [SeriesFunction.Parameter]
    let body: Expression
    /// The text that the body's spans belong to.
    let text: String
    /// How many indicators stand in the body once those it uses are written out, itself included.
    let inlinings: Int

    /// The call as it should look: `mean_gain(x, n = 20)`.
    var form: String { Self.form(name, series, constants) }

    static func form(_ name: String, _ series: [String], _ constants: [SeriesFunction.Parameter]) -> String {
        let defaults = constants.map { "\($0.name) = \($0.defaultValue?.code ?? "")" }
        return "\(name)(\((series + defaults).joined(separator: ", ")))"
    }
}

/// What the names in an indicator's body stand for in one use of it; nothing else has a name there.
struct IndicatorArguments {
    let indicator: String
    /// In the order of the head.
    let names: [String]
    let series: [String: TypedExpression]
    let constants: [String: TypedExpression]
    /// The call that stands outside every indicator, in the notebook's words.
    let call: String
    /// The head with a further argument: `spread(x, close, n = 20)`.
    let formWith: (String) -> String

    subscript(name: String) -> TypedExpression? { series[name] ?? constants[name] }
}
