import PluginHost

/// A model as `model.json` keeps it: a logistic regression whole; of a plugin's model, which code made the bytes that stand beside it.
enum StoredModel: Codable {
    case logistic(LogisticModel)
    case plugin(StoredPluginModel)

    var features: [String] {
        switch self {
        case .logistic(let model): model.features
        case .plugin(let model): model.features
        }
    }

    var isWellFormed: Bool {
        switch self {
        case .logistic(let model): model.isWellFormed
        case .plugin(let model): !model.features.isEmpty && (0...1).contains(model.threshold)
        }
    }

    /// Whether a plugin's bytes stand beside it.
    var hasBytes: Bool {
        switch self {
        case .logistic: false
        case .plugin: true
        }
    }

    private enum Kind: String, Codable { case logistic, plugin }
    private enum Member: String, CodingKey { case kind }

    init(from decoder: any Decoder) throws {
        let kind = try decoder.container(keyedBy: Member.self).decodeIfPresent(Kind.self, forKey: .kind)
        switch kind {
        case .plugin: self = .plugin(try StoredPluginModel(from: decoder))
        case .logistic, nil: self = .logistic(try LogisticModel(from: decoder))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        switch self {
        case .logistic(let model):
            try members.encode(Kind.logistic, forKey: .kind)
            try model.encode(to: encoder)
        case .plugin(let model):
            try members.encode(Kind.plugin, forKey: .kind)
            try model.encode(to: encoder)
        }
    }
}

struct StoredPluginModel: Codable {
    let plugin: String
    let version: String
    /// SHA-256 of the plugin's library.
    let sha256: String
    let model: String
    let features: [String]
    let threshold: Double

    init(_ model: PluginModel) {
        plugin = model.code.plugin
        version = model.code.version
        sha256 = model.code.hash
        self.model = model.code.name
        features = model.features
        threshold = model.threshold
    }
}
