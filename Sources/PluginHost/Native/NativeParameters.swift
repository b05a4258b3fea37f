import CPluginABI
import Columnar
import Language

/// Names and parameters as a plugin's tables write them.
enum NativeParameters {
    /// Nil where one is wrong.
    static func read(_ parameters: UnsafePointer<tickbook_parameter>?, _ count: Int) -> [SeriesFunction.Parameter]? {
        guard count > 0 else { return [] }
        guard let parameters else { return nil }
        let found = (0..<count).compactMap { parameter(parameters[$0]) }
        return found.count == count ? found : nil
    }

    /// Values as plugins get them: see rule 3 of tickbook_plugin.h.
    static func numbers(_ values: [Value]) -> [Double] {
        values.map { value in
            switch value {
            case .int(let number): Double(number)
            case .double(let number): number
            case .bool(let flag): flag ? 1 : 0
            default: .nan
            }
        }
    }

    /// Nil where one is not a word.
    static func words(_ names: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int) -> [String]? {
        guard count > 0 else { return [] }
        guard let names else { return nil }
        let words = (0..<count).compactMap { names[$0].map { String(cString: $0) } }
        return words.count == count && words.allSatisfy { $0.wholeMatch(of: /[a-zA-Z][a-zA-Z0-9_]*/) != nil } ? words : nil
    }

    private static func parameter(_ parameter: tickbook_parameter) -> SeriesFunction.Parameter? {
        guard parameter.size >= MemoryLayout<tickbook_parameter>.size, let name = parameter.name else { return nil }
        let types: [Int: DataType] = [TICKBOOK_INT: .int, TICKBOOK_DOUBLE: .double, TICKBOOK_BOOL: .bool]
        guard let type = types[Int(parameter.type)], let standard = value(parameter.default_value, type) else { return nil }
        let (minimum, maximum) = (parameter.minimum, parameter.maximum)
        return SeriesFunction.Parameter(
            String(cString: name), type, default: parameter.is_required != 0 ? nil : standard,
            minimum: minimum.isFinite ? minimum : nil, maximum: maximum.isFinite ? maximum : nil)
    }

    private static func value(_ number: Double, _ type: DataType) -> Value? {
        switch type {
        case .int: Int64(exactly: number).map(Value.int)
        case .bool: number == 0 || number == 1 ? .bool(number == 1) : nil
        default: number.isFinite ? .double(number) : nil
        }
    }
}
