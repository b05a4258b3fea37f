import Columnar
import Language

extension SeriesFunction.Parameter {
    func smallest(atLeast rows: Int64) -> Value {
        switch type {
        case .int: .int(max(rows, Int64(minimum ?? 0)))
        case .double: .double(max(1, minimum ?? 1))
        default: .bool(false)
        }
    }

    /// Half of a number of rows, as far as it may be.
    func halved(_ value: Value) -> Value {
        guard case .int(let rows) = value else { return value }
        return .int(max(Int64(minimum ?? 1), rows / 2))
    }

    /// A number of rows that is half as much again, as far as it may be.
    func enlarged(_ value: Value) -> Value {
        guard case .int(let rows) = value, rows > 1, rows < 1 << 20 else { return value }
        return .int(min(maximum.map { Int64($0) } ?? .max, rows + max(1, rows / 2)))
    }
}
