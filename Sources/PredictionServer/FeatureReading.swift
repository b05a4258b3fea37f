import Columnar
import Learning

/// Reads the features of one prediction out of a request's body, or says all that is wrong with it.
struct FeatureReading {
    let model: ServedModel

    /// Calls `predict` with the features in the model's order; returns the faults otherwise.
    func read<Answer>(
        _ bytes: UnsafeBufferPointer<UInt8>, predict: (UnsafeBufferPointer<Double>) -> Answer
    ) -> Result<Answer, BodyFaults> {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: model.names.count) { values in
            var flat = FlatObjectReader(bytes)
            if model.takesOnlyDoubles, flat.read(names: model.names, into: values) { return .success(predict(UnsafeBufferPointer(values))) }
            var faults = BodyFaults()
            readCarefully(bytes, into: values, &faults)
            return faults.isEmpty ? .success(predict(UnsafeBufferPointer(values))) : .failure(faults)
        }
    }

    private func readCarefully(
        _ bytes: UnsafeBufferPointer<UInt8>, into values: UnsafeMutableBufferPointer<Double>, _ faults: inout BodyFaults
    ) {
        guard !bytes.allSatisfy(isJSONSpace) else { return faults.addEmptyBody() }
        var reader = JSONObjectReader(bytes)
        let root: JSONElement
        do { root = try reader.read() } catch { return faults.addSyntax(error) }
        let echo = InputEcho(bytes: bytes, notFiniteRanges: reader.notFiniteRanges)
        guard case .object(let members) = root.kind else { return faults.addNotAnObject(echo.text(of: root)) }
        check(members, of: root, echo, into: values, &faults)
    }

    /// One look per feature in the model's order, then the members that are no feature, then those given twice.
    private func check(
        _ members: [(name: String, element: JSONElement)], of root: JSONElement, _ echo: InputEcho,
        into values: UnsafeMutableBufferPointer<Double>, _ faults: inout BodyFaults
    ) {
        let features = model.loaded.model.features
        let given = Dictionary(members.map { ($0.name, $0.element) }) { _, last in last }
        for (index, name) in features.enumerated() {
            guard let element = given[name] else {
                faults.add("missing", name, "Field required", echo.text(of: root))
                continue
            }
            switch value(of: element, type: model.types[index]) {
            case .success(let value): values[index] = value
            case .failure(let wrong): faults.add(wrong.type, name, wrong.message, echo.text(of: element))
            }
        }
        let known = Set(features)
        var seen: Set<String> = []
        for (name, element) in members {
            if !known.contains(name) { faults.add("extra_forbidden", name, "Extra inputs are not permitted", echo.text(of: element)) }
            if !seen.insert(name).inserted { faults.add("duplicate_key", name, "Field given more than once", echo.text(of: element)) }
        }
    }

    private struct WrongValue: Error {
        let type: StaticString
        let message: StaticString
    }

    private func value(of element: JSONElement, type: DataType) -> Result<Double, WrongValue> {
        switch (element.kind, type) {
        case (.bool(let flag), .bool): .success(flag ? 1 : 0)
        case (_, .bool): .failure(WrongValue(type: "bool_type", message: "Input should be a valid boolean"))
        case (.notFinite, _): .failure(WrongValue(type: "finite_number", message: "Input should be a finite number"))
        case (.number(let number), _) where !number.isFinite:
            .failure(WrongValue(type: "finite_number", message: "Input should be a finite number"))
        case (.number(let number), .int) where number != number.rounded():
            .failure(
                WrongValue(type: "int_from_float", message: "Input should be a valid integer, got a number with a fractional part"))
        case (.number(let number), _): .success(number)
        case (_, .int): .failure(WrongValue(type: "int_type", message: "Input should be a valid integer"))
        default: .failure(WrongValue(type: "float_type", message: "Input should be a valid number"))
        }
    }
}
