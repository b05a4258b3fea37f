import Columnar

/// Reads bars, one or an array of them, out of a request's body.
struct BarReading {
    let fields: [Field]

    func read(_ bytes: UnsafeBufferPointer<UInt8>, _ faults: inout BodyFaults) -> (bars: [[Value]], isArray: Bool) {
        guard let body = JSONBody(bytes, &faults) else { return ([], false) }
        guard case .array(let elements) = body.root.kind else {
            return ([bar(body.root, at: BodyPlace(), body.echo, &faults)], false)
        }
        if elements.isEmpty { faults.add("too_short", BodyPlace(), "Give one bar at least", body.echo.text(of: body.root)) }
        var bars: [[Value]] = []
        for (index, element) in elements.enumerated() where !faults.isFull {
            bars.append(bar(element, at: BodyPlace()[index], body.echo, &faults))
        }
        return (bars, true)
    }

    private func bar(_ element: JSONElement, at place: BodyPlace, _ echo: InputEcho, _ faults: inout BodyFaults) -> [Value] {
        guard let members = JSONMembers(element, at: place, echo, &faults) else { return [] }
        var values: [Value] = []
        for field in fields {
            guard let element = members.required(field.name, &faults) else { continue }
            switch JSONValue.value(element, type: field.type) {
            case .success(let value): values.append(value)
            case .failure(let wrong): faults.add(wrong.type, place[field.name], wrong.message, echo.text(of: element))
            }
        }
        members.refuseOthers(than: fields.map(\.name), &faults)
        return values
    }
}

extension JSONValue {
    /// A value of a table's column; no column of a bar is null.
    static func value(_ element: JSONElement, type: DataType) -> Result<Value, WrongValue> {
        switch type {
        case .double: feature(element, type: type).map { .double($0) }
        case .int: feature(element, type: type).map { .int(Int64($0)) }
        case .bool: feature(element, type: type).map { .bool($0 == 1) }
        case .string:
            element.string.map { .success(.string($0)) }
                ?? .failure(WrongValue(type: "string_type", message: "Input should be a valid string"))
        case .date:
            element.string.flatMap { CalendarDate(iso: $0) }.map { .success(.date($0.days)) }
                ?? .failure(WrongValue(type: "date_parsing", message: "Input should be a date such as 2013-03-01"))
        case .timestamp:
            element.string.flatMap { CalendarTime(iso: $0) }.map { .success(.timestamp($0.microseconds)) }
                ?? .failure(WrongValue(type: "datetime_parsing", message: "Input should be a time such as 2013-03-01T09:30:00"))
        }
    }
}
