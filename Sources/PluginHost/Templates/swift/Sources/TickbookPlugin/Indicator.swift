/// An indicator: a streaming fold over the rows of one entity in time order. The rules it keeps are those of tickbook_plugin.h.
///
/// Whatever is thrown goes to the notebook's reader as a message; a trap (an index out of range, say) ends the whole process.
public protocol Indicator: SendableMetatype {
    /// What has to be known of the rows so far.
    associatedtype State
    /// As notebooks call it: lower-case letters, digits and underscores.
    static var name: String { get }
    /// One sentence; then lines with formula, window, rule for nulls and source.
    static var documentation: String { get }
    /// The names of its series.
    static var inputs: [String] { get }
    static var parameters: [Parameter] { get }
    /// The names of its results; none for a single result.
    static var outputs: [String] { get }

    init(_ values: Arguments) throws
    var window: Window { get }
    /// Before the first row.
    var start: State { get }
    /// Folds in `rows.count` rows and writes a value of each result for each; NaN stands for null.
    func update(_ state: inout State, _ rows: Rows) throws
    /// The state as numbers; equal states give equal numbers.
    func save(_ state: State) -> [Double]
    func restore(_ numbers: [Double]) throws -> State
}

extension Indicator {
    public static var inputs: [String] { ["x"] }
    public static var parameters: [Parameter] { [] }
    public static var outputs: [String] { [] }
}

/// A constant argument of an indicator or a model.
public struct Parameter: Sendable {
    enum Kind: Int32, Sendable { case int, double, bool }

    let name: String
    let kind: Kind
    let standard: Double
    let minimum: Double
    let maximum: Double

    public static func int(_ name: String, default standard: Int, minimum: Int = 1, maximum: Int = 1 << 20) -> Parameter {
        Parameter(name: name, kind: .int, standard: Double(standard), minimum: Double(minimum), maximum: Double(maximum))
    }

    public static func double(
        _ name: String, default standard: Double, minimum: Double = -.infinity, maximum: Double = .infinity
    ) -> Parameter {
        Parameter(name: name, kind: .double, standard: standard, minimum: minimum, maximum: maximum)
    }

    public static func bool(_ name: String, default standard: Bool) -> Parameter {
        Parameter(name: name, kind: .bool, standard: standard ? 1 : 0, minimum: 0, maximum: 1)
    }
}

/// The values of parameters, by name.
public struct Arguments: Sendable {
    private let values: [String: Double]

    public init(_ values: [String: Double]) { self.values = values }

    public func int(_ name: String) -> Int { Int(values[name]!) }
    public func double(_ name: String) -> Double { values[name]! }
    public func bool(_ name: String) -> Bool { values[name] != 0 }
}

/// The rows of its entity that a result depends on.
public enum Window: Sendable, Hashable {
    case finite(lookBack: Int, lookAhead: Int = 0)
    case recursive
}

/// Some rows of every series, and room for as many of every result.
public struct Rows {
    public let count: Int
    public let inputs: [UnsafeBufferPointer<Double>]
    public let outputs: [UnsafeMutableBufferPointer<Double>]

    public init(count: Int, inputs: [UnsafeBufferPointer<Double>], outputs: [UnsafeMutableBufferPointer<Double>]) {
        self.count = count
        self.inputs = inputs
        self.outputs = outputs
    }
}

public struct PluginError: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
