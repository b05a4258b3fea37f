import Columnar

/// What the server answers, as OpenAPI 3.1, made from the models that answer now.
struct OpenAPIDocument {
    let slots: ModelSlots
    let needsKey: Bool
    let bodyLimit: Int
    /// The columns of a bar, of each slot whose features can be looked up.
    let bars: [String: [Field]]

    var tree: JSONTree {
        var members: [(String, JSONTree)] = [
            ("openapi", "3.1.0"),
            (
                "info",
                [
                    "title": "Tickbook predictions", "version": "1",
                    "description": "Predictions of fitted models. The Open Inference Protocol v2 is at /v2.",
                ]
            ),
            ("paths", .object(paths)), ("components", .object(components)),
        ]
        if needsKey { members.append(("security", [["key": []], ["bearer": []]])) }
        return .object(members)
    }

    // MARK: Paths

    private var paths: [(String, JSONTree)] {
        var paths: [(String, JSONTree)] = []
        if let first = slots.first.model {
            paths.append(("/predict", predict("predict", first, slots.first, "Predict with \(first.name)")))
            paths += entityPaths("/predict", "", slots.first)
        }
        for slot in slots.all {
            guard let model = slot.model else { continue }
            let name = slots.pathName(of: slot)
            paths.append(("/models/\(name)/predict", predict("predict_\(name)", model, slot, "Predict with \(name)")))
            paths += entityPaths("/models/\(name)/predict", "_\(name)", slot)
        }
        paths += [
            ("/models", get("models", "The models that answer", ref("Models"))),
            ("/models/{model}", modelPath),
            ("/health", get("health", "Whether the server is alive", ref("Health"), isOpen: true)),
            (
                "/ready",
                get(
                    "ready", "Whether to send requests here", ref("Ready"), isOpen: true,
                    others: [("503", answer("Not now", ref("Fault")))])
            ),
            ("/metrics", ["get": .object(operation("metrics", "Metrics for Prometheus", [("200", text("Metrics", "text/plain"))]))]),
        ]
        return paths
    }

    private func predict(_ identifier: String, _ model: ServedModel, _ slot: ModelSlot, _ summary: String) -> JSONTree {
        let features = ref("Features_\(slots.pathName(of: slot))")
        let faults: [(String, JSONTree)] = [
            ("413", answer("The body is larger than \(bodyLimit) bytes", ref("Fault"))),
            ("422", answer("What is wrong with the body", ref("BodyFaults"))),
            ("503", answer("Too much to do, or no model is loaded", ref("Fault"))),
        ]
        let body: JSONTree = [
            "required": .bool(true),
            "content": ["application/json": ["schema": ["anyOf": [features, ["type": "array", "items": features]]]]],
        ]
        let predictions: JSONTree = ["anyOf": [ref("Prediction"), ["type": "array", "items": ref("Prediction")]]]
        let answers = [("200", answer("One prediction for each row, in order", predictions))] + faults
        return ["post": .object(operation(identifier, summary, answers) + [("requestBody", body)])]
    }

    private func entityPaths(_ path: String, _ ending: String, _ slot: ModelSlot) -> [(String, JSONTree)] {
        let name = slots.pathName(of: slot)
        guard bars[name] != nil else { return [] }
        let symbol: JSONTree = [
            "name": "symbol", "in": "path", "required": .bool(true), "schema": ["type": "string", "minLength": .int(1)],
        ]
        let bar = ref("Bar_\(name)")
        let (one, several) = (ref("EntityPrediction"), JSONTree.object([("type", "array"), ("items", ref("EntityPrediction"))]))
        func post(_ identifier: String, _ summary: String, _ body: JSONTree, isRequired: Bool, _ answered: JSONTree) -> JSONTree {
            let answers = [
                ("200", answer("With the time of the row that was predicted from", answered)),
                ("404", answer("No such symbol, or no row of it", ref("Fault"))),
                ("409", answer("No features come from the rows there are", ref("Fault"))),
                ("413", answer("The body is larger than \(bodyLimit) bytes", ref("Fault"))),
                ("422", answer("What is wrong with the body", ref("BodyFaults"))),
                ("503", answer("Too much to do, or the tables are not up to date", ref("Fault"))),
            ]
            let content: JSONTree = [
                "required": .bool(isRequired), "content": .object([("application/json", .object([("schema", body)]))]),
            ]
            return [
                "post": .object(operation(identifier + ending, summary, answers) + [("parameters", [symbol]), ("requestBody", content)])
            ]
        }
        let anyBars: JSONTree = ["anyOf": [bar, ["type": "array", "items": bar, "minItems": .int(1)]]]
        return [
            (
                path + "/{symbol}",
                post("predict_symbol", "Predict from the stored features of a symbol", ref("AsOf"), isRequired: false, one)
            ),
            (
                path + "/{symbol}/bars",
                post("predict_bars", "Predict from new bars of a symbol", anyBars, isRequired: true, ["anyOf": [one, several]])
            ),
        ]
    }

    private var modelPath: JSONTree {
        let names = JSONTree.array(slots.all.map { .text(slots.pathName(of: $0)) })
        let parameter: JSONTree = [
            "name": "model", "in": "path", "required": .bool(true), "schema": ["type": "string", "enum": names],
        ]
        let answers = [("200", answer("The model", ref("Model"))), ("404", answer("No such model", ref("Fault")))]
        return ["get": .object(operation("model", "One of the models that answer", answers) + [("parameters", [parameter])])]
    }

    private func get(
        _ identifier: String, _ summary: String, _ schema: JSONTree, isOpen: Bool = false, others: [(String, JSONTree)] = []
    ) -> JSONTree {
        ["get": .object(operation(identifier, summary, [("200", answer(summary, schema))] + others, isOpen: isOpen))]
    }

    private func operation(
        _ identifier: String, _ summary: String, _ answers: [(String, JSONTree)], isOpen: Bool = false
    ) -> [(String, JSONTree)] {
        let refusals = needsKey && !isOpen ? [("401", answer("A valid key is needed", ref("Fault")))] : []
        let operation: [(String, JSONTree)] = [
            ("operationId", .text(identifier)), ("summary", .text(summary)), ("responses", .object(answers + refusals)),
        ]
        return needsKey && isOpen ? operation + [("security", [])] : operation
    }

    private func answer(_ description: String, _ schema: JSONTree) -> JSONTree {
        ["description": .text(description), "content": ["application/json": ["schema": schema] as JSONTree]]
    }

    private func text(_ description: String, _ type: String) -> JSONTree {
        ["description": .text(description), "content": .object([(type, .object([("schema", Self.string)]))])]
    }

    private func ref(_ name: String) -> JSONTree { ["$ref": .text("#/components/schemas/\(name)")] }
}

extension OpenAPIDocument {
    private var components: [(String, JSONTree)] {
        var schemas = Self.schemas
        for slot in slots.all {
            guard let model = slot.model else { continue }
            let name = slots.pathName(of: slot)
            schemas.append(("Features_\(name)", Self.schema(of: model.features)))
            if let bar = bars[name] { schemas.append(("Bar_\(name)", Self.schema(of: bar))) }
        }
        let keys: JSONTree = [
            "key": ["type": "apiKey", "in": "header", "name": "X-API-Key"], "bearer": ["type": "http", "scheme": "bearer"],
        ]
        return [("schemas", .object(schemas))] + (needsKey ? [("securitySchemes", keys)] : [])
    }

    private static func schema(of fields: [Field]) -> JSONTree { object(fields.map { ($0.name, schema(of: $0.type)) }) }

    private static func schema(of type: DataType) -> JSONTree {
        switch type {
        case .bool: ["type": "boolean"]
        case .int: ["type": "integer", "minimum": .int(-JSONValue.greatestInt), "maximum": .int(JSONValue.greatestInt)]
        case .string: ["type": "string"]
        case .date: ["type": "string", "format": "date"]
        case .timestamp: ["type": "string", "format": "date-time"]
        case .double: ["type": "number", "format": "double"]
        }
    }

    private static let schemas: [(String, JSONTree)] = [
        (
            "Prediction",
            object([
                ("prediction", ["type": "integer", "enum": [.int(0), .int(1)]]),
                ("probability", ["type": "number", "minimum": .int(0), "maximum": .int(1)]), ("model_version", string),
            ])
        ),
        (
            "EntityPrediction",
            object([
                ("symbol", string), ("as_of", string), ("prediction", ["type": "integer", "enum": [.int(0), .int(1)]]),
                ("probability", ["type": "number", "minimum": .int(0), "maximum": .int(1)]), ("model_version", string),
            ])
        ),
        ("AsOf", object([], optional: [("as_of", ["type": "string", "format": "date"])])),
        ("Health", object([("status", ["const": "ok"])], optional: [("model", string), ("model_version", string)])),
        ("Ready", object([("status", ["const": "ready"])])),
        ("Fault", object([("detail", string)])),
        ("BodyFaults", object([("detail", ["type": "array", "items": ["$ref": "#/components/schemas/BodyFault"]])])),
        (
            "BodyFault",
            object(
                [
                    ("type", string), ("loc", ["type": "array", "items": ["type": ["string", "integer"]]]), ("msg", string), ("input", [:]),
                ], optional: [("ctx", ["type": "object"])])
        ),
        ("Models", object([("models", ["type": "array", "items": ["$ref": "#/components/schemas/Model"]])])),
        (
            "Model",
            object(
                [("name", string), ("served_as", string), ("predict", string), ("model_version", ["type": ["string", "null"]])],
                optional: [
                    ("loaded", ["type": "string", "format": "date-time"]),
                    ("features", ["type": "array", "items": object([("name", string), ("type", string)])]),
                ])
        ),
    ]

    static let string: JSONTree = ["type": "string"]

    private static func object(_ required: [(String, JSONTree)], optional: [(String, JSONTree)] = []) -> JSONTree {
        [
            "type": "object", "required": .array(required.map { .text($0.0) }), "additionalProperties": .bool(false),
            "properties": .object(required + optional),
        ]
    }
}
