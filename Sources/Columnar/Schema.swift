/// A named column's type.
package struct Field: Sendable, Hashable, Codable {
    package let name: String
    package let type: DataType

    package init(_ name: String, _ type: DataType) {
        self.name = name
        self.type = type
    }
}

/// The ordered columns of a batch, a stream or a table; names are unique.
package struct Schema: Sendable, Hashable, Codable {
    package let fields: [Field]

    package init(_ fields: [Field]) { self.fields = fields }

    package var names: [String] { fields.map(\.name) }
    package func index(of name: String) -> Int? { fields.firstIndex { $0.name == name } }
    package func type(of name: String) -> DataType? { index(of: name).map { fields[$0].type } }
}
