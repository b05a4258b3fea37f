package import Columnar
import HTTPTypes

/// Where features come from when a request names an entity instead.
package protocol FeatureSource: Sendable {
    /// The features at the last stored row that is not after `time`.
    func row(of entity: String, notAfter time: String?, for model: ServedModel) throws -> EntityRow
    /// The features at new bars that follow what is stored. `bars` gives them once their columns are known, and throws `InvalidBars`.
    func rows(of entity: String, for model: ServedModel, bars: ([Field]) throws -> [[Value]]) throws -> [EntityRow]
    /// The columns of a bar.
    func barFields(for model: ServedModel) throws -> [Field]
}

package struct EntityRow: Sendable {
    package let time: String
    /// In the model's order; not a number where a window is not full yet.
    package let features: [Double]

    package init(time: String, features: [Double]) {
        self.time = time
        self.features = features
    }
}

/// Bars that could not be read out of a request.
package struct InvalidBars: Error {
    let faults: BodyFaults
}

/// Why an entity has no features.
package struct FeatureFault: Error {
    package enum Kind: Sendable {
        /// 404
        case unknown
        /// 409: there are rows, but no features come from them.
        case unusable
        /// 422: a value of the request cannot be meant, of which of the bars if of any.
        case invalid(row: Int?)
        /// 503: something in the workspace has to be mended first.
        case unavailable
    }

    package let kind: Kind
    package let reason: String

    package init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    var requestFault: RequestFault {
        switch kind {
        case .unknown: RequestFault(.notFound, reason)
        case .unusable: RequestFault(.conflict, reason)
        case .invalid: RequestFault(.unprocessableContent, reason)
        case .unavailable: RequestFault(.serviceUnavailable, reason)
        }
    }
}
