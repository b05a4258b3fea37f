import Foundation

/// A computation in the Open Neural Network Exchange format, written without its library.
///
/// Source: onnx.proto of github.com/onnx/onnx, IR version 8. Its field numbers:
/// `ModelProto` ir_version 1, producer_name 2, producer_version 3, doc_string 6, graph 7, opset_import 8, metadata_props 14;
/// `OperatorSetIdProto` domain 1, version 2; `StringStringEntryProto` key 1, value 2;
/// `GraphProto` node 1, name 2, initializer 5, input 11, output 12;
/// `NodeProto` input 1, output 2, name 3, op_type 4, attribute 5, domain 7;
/// `AttributeProto` name 1, i 3, s 4, t 5, ints 8, strings 9, type 20;
/// `TensorProto` dims 1, data_type 2, name 8, raw_data 9;
/// `ValueInfoProto` name 1, type 2; `TypeProto` tensor_type 1; `TypeProto.Tensor` elem_type 1, shape 2;
/// `TensorShapeProto` dim 1; `Dimension` dim_value 1, dim_param 2.
struct ONNXGraph {
    static let irVersion = 8
    /// Version 17 of `ai.onnx` and 3 of `ai.onnx.ml`: the first with trees of doubles, and known to every runtime since 2022.
    static let operatorSets = [("", 17), ("ai.onnx.ml", 3)]

    /// `TensorProto.DataType`.
    enum ElementType: Int { case int64 = 7, double = 11 }

    enum Dimension {
        case fixed(Int)
        case named(String)
    }

    enum Attribute {
        case int(Int)
        case text(String)
        case ints([Int])
        case texts([String])
        case doubles([Double])
    }

    let name: String
    private var nodes: [ProtobufMessage] = []
    private var constants: [ProtobufMessage] = []
    private var inputs: [ProtobufMessage] = []
    private var outputs: [ProtobufMessage] = []
    private var valueCount = 0

    init(name: String) { self.name = name }

    mutating func input(_ name: String, _ type: ElementType, _ shape: [Dimension]) { inputs.append(Self.value(name, type, shape)) }
    mutating func output(_ name: String, _ type: ElementType, _ shape: [Dimension]) { outputs.append(Self.value(name, type, shape)) }

    /// Adds a constant; returns its name.
    mutating func constant(_ numbers: [Double], _ dimensions: [Int]) -> String {
        let name = nextName()
        constants.append(Self.tensor(name, .double, dimensions, Self.raw(numbers.map(\.bitPattern))))
        return name
    }

    mutating func constant(_ numbers: [Int], _ dimensions: [Int]) -> String {
        let name = nextName()
        constants.append(Self.tensor(name, .int64, dimensions, Self.raw(numbers.map { UInt64(bitPattern: Int64($0)) })))
        return name
    }

    /// Adds an operator; returns the name of what it gives.
    @discardableResult
    mutating func add(
        _ operation: String, _ inputs: [String], _ attributes: KeyValuePairs<String, Attribute> = [:], domain: String = "",
        output: String? = nil
    ) -> String {
        let output = output ?? nextName()
        var node = ProtobufMessage()
        for input in inputs { node.add(1, input) }
        node.add(2, output)
        node.add(3, "\(operation)_\(nodes.count + 1)")
        node.add(4, operation)
        for (name, attribute) in attributes { node.add(5, attribute.message(name)) }
        node.add(7, domain)
        nodes.append(node)
        return output
    }

    /// The whole file.
    func model(producerVersion: String, documentation: String, properties: [(String, String)]) -> Data {
        var model = ProtobufMessage()
        model.add(1, Self.irVersion)
        model.add(2, "tickbook")
        model.add(3, producerVersion)
        model.add(6, documentation)
        model.add(7, message)
        for (domain, version) in Self.operatorSets {
            var set = ProtobufMessage()
            set.add(1, domain)
            set.add(2, version)
            model.add(8, set)
        }
        for (key, value) in properties {
            var property = ProtobufMessage()
            property.add(1, key)
            property.add(2, value)
            model.add(14, property)
        }
        return model.bytes
    }

    private var message: ProtobufMessage {
        var graph = ProtobufMessage()
        for node in nodes { graph.add(1, node) }
        graph.add(2, name)
        for constant in constants { graph.add(5, constant) }
        for input in inputs { graph.add(11, input) }
        for output in outputs { graph.add(12, output) }
        return graph
    }

    private mutating func nextName() -> String {
        valueCount += 1
        return "value_\(valueCount)"
    }

    private static func value(_ name: String, _ type: ElementType, _ shape: [Dimension]) -> ProtobufMessage {
        var dimensions = ProtobufMessage()
        for dimension in shape {
            var size = ProtobufMessage()
            switch dimension {
            case .fixed(let count): size.add(1, count)
            case .named(let name): size.add(2, name)
            }
            dimensions.add(1, size)
        }
        var tensor = ProtobufMessage()
        tensor.add(1, type.rawValue)
        tensor.add(2, dimensions)
        var kind = ProtobufMessage()
        kind.add(1, tensor)
        var value = ProtobufMessage()
        value.add(1, name)
        value.add(2, kind)
        return value
    }

    fileprivate static func tensor(_ name: String, _ type: ElementType, _ dimensions: [Int], _ raw: Data) -> ProtobufMessage {
        var tensor = ProtobufMessage()
        tensor.add(1, packed: dimensions)
        tensor.add(2, type.rawValue)
        tensor.add(8, name)
        tensor.add(9, raw)
        return tensor
    }

    /// `raw_data` is little-endian on every machine.
    fileprivate static func raw(_ words: [UInt64]) -> Data { words.map(\.littleEndian).withUnsafeBytes { Data($0) } }
}

extension ONNXGraph.Attribute {
    /// `AttributeProto.AttributeType`: INT 2, STRING 3, TENSOR 4, INTS 7, STRINGS 8.
    fileprivate func message(_ name: String) -> ProtobufMessage {
        var attribute = ProtobufMessage()
        attribute.add(1, name)
        switch self {
        case .int(let number):
            attribute.addAlways(3, number)
            attribute.add(20, 2)
        case .text(let text):
            attribute.add(4, Data(text.utf8))
            attribute.add(20, 3)
        case .doubles(let numbers):
            attribute.add(5, ONNXGraph.tensor(name, .double, [numbers.count], ONNXGraph.raw(numbers.map(\.bitPattern))))
            attribute.add(20, 4)
        case .ints(let numbers):
            attribute.add(8, packed: numbers)
            attribute.add(20, 7)
        case .texts(let texts):
            for text in texts { attribute.add(9, Data(text.utf8)) }
            attribute.add(20, 8)
        }
        return attribute
    }
}
