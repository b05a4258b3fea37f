import PluginHost

/// A model as `model.json` keeps it: a logistic regression whole; of a plugin's model, which code made the bytes that stand beside it.
/// Where a calibration stands beside it, in the member `calibration`, probabilities go through that.
indirect enum StoredModel: Codable {
    case logistic(LogisticModel)
    case plugin(StoredPluginModel)
    case calibrated(StoredModel, Calibration)

    private enum Kind: String, Codable { case logistic, plugin }
    private enum Member: String, CodingKey { case kind, calibration }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        switch try members.decodeIfPresent(Kind.self, forKey: .kind) {
        case .plugin: self = .plugin(try StoredPluginModel(from: decoder))
        case .logistic, nil: self = .logistic(try LogisticModel(from: decoder))
        }
        if let calibration = try members.decodeIfPresent(Calibration.self, forKey: .calibration) { self = .calibrated(self, calibration) }
    }

    /// nil for a kind of model that is not stored.
    init?(_ classifier: any Classifier) {
        switch classifier {
        case let model as LogisticModel: self = .logistic(model)
        case let model as PluginModel: self = .plugin(StoredPluginModel(model))
        case let model as CalibratedModel:
            guard let base = StoredModel(model.base) else { return nil }
            self = .calibrated(base, model.calibration)
        default: return nil
        }
    }

    var features: [String] {
        switch self {
        case .logistic(let model): model.features
        case .plugin(let model): model.features
        case .calibrated(let base, _): base.features
        }
    }

    var isWellFormed: Bool {
        switch self {
        case .logistic(let model): model.isWellFormed
        case .plugin(let model): !model.features.isEmpty && (0...1).contains(model.threshold)
        case .calibrated(let base, let calibration): base.isWellFormed && calibration.isWellFormed
        }
    }

    /// Before it is calibrated; nil for a plugin's model.
    var logistic: LogisticModel? {
        switch self {
        case .logistic(let model): model
        case .plugin: nil
        case .calibrated(let base, _): base.logistic
        }
    }

    /// Whether a plugin's bytes stand beside it.
    var hasBytes: Bool {
        switch self {
        case .logistic: false
        case .plugin: true
        case .calibrated(let base, _): base.hasBytes
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
        case .calibrated(let base, let calibration):
            try base.encode(to: encoder)
            try members.encode(calibration, forKey: .calibration)
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
