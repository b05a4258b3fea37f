import Columnar
import HTTPTypes

/// A request of the Open Inference Protocol v2: one tensor per feature, of shape [rows] or [rows, 1].
///
/// Source: KServe, "Open Inference Protocol", and its "Binary tensor data extension", in which tensors' bytes follow the JSON.
struct InferenceRequest {
    let identifier: String?
    let rows: [Double]
    let rowCount: Int
    /// In the order they are asked for; all where none is.
    let outputs: [Output]

    enum Output: String, CaseIterable { case probability, prediction }

    /// `headerLength` is how much of the body is JSON where tensors follow it.
    init(_ body: UnsafeRawBufferPointer, headerLength: Int?, for model: ServedModel) throws(RequestFault) {
        guard headerLength.map({ $0 >= 0 && $0 <= body.count }) ?? true else {
            throw Self.wrong("Inference-Header-Content-Length is not a length within the body")
        }
        let header = UnsafeRawBufferPointer(rebasing: body[..<(headerLength ?? body.count)])
        let root = try Self.parse(header)
        identifier = root["id"]?.string
        outputs = try Self.outputs(root["outputs"])
        guard let inputs = root["inputs"]?.array else { throw Self.wrong("'inputs' is missing; it is an array of tensors") }
        var binary = UnsafeRawBufferPointer(rebasing: body[header.count...])
        var tensors: [String: [Double]] = [:]
        for input in inputs {
            let tensor = try InferenceTensor(input, binary: &binary)
            guard let feature = model.features.first(where: { $0.name == tensor.name }) else {
                throw Self.wrong("there is no input '\(tensor.name)'; there are \(model.features.map(\.name).joined(separator: ", "))")
            }
            try tensor.check(for: feature.type)
            guard tensors.updateValue(tensor.values, forKey: tensor.name) == nil else {
                throw Self.wrong("input '\(tensor.name)' is given twice")
            }
        }
        guard binary.isEmpty else { throw Self.wrong("\(binary.count) bytes of the body belong to no tensor") }
        (rows, rowCount) = try Self.rows(of: tensors, model)
    }

    static func wrong(_ reason: String) -> RequestFault { RequestFault(.badRequest, reason) }

    private static func outputs(_ element: JSONElement?) throws(RequestFault) -> [Output] {
        guard let element else { return Output.allCases }
        guard let elements = element.array else { throw wrong("'outputs' is an array of objects with a 'name'") }
        var outputs: [Output] = []
        for element in elements {
            guard let name = element["name"]?.string else { throw wrong("an output lacks its 'name'") }
            guard let output = Output(rawValue: name) else {
                throw wrong("there is no output '\(name)'; there are \(Output.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            guard !outputs.contains(output) else { throw wrong("output '\(name)' is asked for twice") }
            outputs.append(output)
        }
        return outputs.isEmpty ? Output.allCases : outputs
    }

    private static func parse(_ header: UnsafeRawBufferPointer) throws(RequestFault) -> JSONElement {
        var reader = JSONReader(header.bindMemory(to: UInt8.self))
        do {
            let root = try reader.read()
            guard case .object = root.kind else { throw wrong("the body is no JSON object") }
            return root
        } catch let fault as JSONSyntaxFault {
            throw wrong("the body is no JSON: \(fault.message) at byte \(fault.position)")
        } catch {
            throw wrong("the body is no JSON object")
        }
    }

    /// Tensors turned into rows in the model's order.
    private static func rows(of tensors: [String: [Double]], _ model: ServedModel) throws(RequestFault) -> ([Double], Int) {
        var columns: [[Double]] = []
        for feature in model.features {
            guard let tensor = tensors[feature.name] else { throw wrong("input '\(feature.name)' is missing") }
            columns.append(tensor)
        }
        let count = columns[0].count
        guard columns.allSatisfy({ $0.count == count }) else { throw wrong("inputs differ in their number of rows") }
        var rows: [Double] = []
        rows.reserveCapacity(count * columns.count)
        for row in 0..<count { for column in columns { rows.append(column[row]) } }
        return (rows, count)
    }
}

extension JSONElement {
    /// Of several members with one name, the last.
    subscript(name: String) -> JSONElement? {
        guard case .object(let members) = kind else { return nil }
        return members.last { $0.name == name }?.element
    }

    var string: String? { if case .string(let text) = kind { text } else { nil } }
    var array: [JSONElement]? { if case .array(let elements) = kind { elements } else { nil } }
    var int: Int? { if case .number(let number) = kind { Int(exactly: number) } else { nil } }
}
