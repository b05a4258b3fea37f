import Columnar

/// The features of the rows that a request asks about, one row after the other, each in the model's order.
struct FeatureRows {
    var values: [Double]
    /// Whether the body is an array of rows; the answer is one too then.
    let isArray: Bool
}

/// Reads features out of a request's body, or says all that is wrong with it.
struct FeatureReading {
    let model: ServedModel

    func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<FeatureRows, BodyFaults> {
        var flat = FlatRowsReader(bytes)
        if model.takesOnlyDoubles, let rows = flat.read(names: model.featureNames) { return .success(rows) }
        var faults = BodyFaults()
        let rows = readCarefully(bytes, &faults)
        return faults.isEmpty ? .success(rows) : .failure(faults)
    }

    private func readCarefully(_ bytes: UnsafeBufferPointer<UInt8>, _ faults: inout BodyFaults) -> FeatureRows {
        var rows = FeatureRows(values: [], isArray: false)
        guard let body = JSONBody(bytes, &faults) else { return rows }
        guard case .array(let elements) = body.root.kind else {
            append(body.root, at: BodyPlace(), body.echo, &rows.values, &faults)
            return rows
        }
        rows = FeatureRows(values: [], isArray: true)
        for (index, element) in elements.enumerated() where !faults.isFull {
            append(element, at: BodyPlace()[index], body.echo, &rows.values, &faults)
        }
        return rows
    }

    private func append(
        _ element: JSONElement, at place: BodyPlace, _ echo: InputEcho, _ values: inout [Double], _ faults: inout BodyFaults
    ) {
        guard let members = JSONMembers(element, at: place, echo, &faults) else { return }
        for feature in model.features {
            guard let element = members.required(feature.name, &faults) else { continue }
            switch JSONValue.feature(element, type: feature.type) {
            case .success(let value): values.append(value)
            case .failure(let wrong): faults.add(wrong.type, place[feature.name], wrong.message, echo.text(of: element))
            }
        }
        members.refuseOthers(than: model.features.map(\.name), &faults)
    }
}
