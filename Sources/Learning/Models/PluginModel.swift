package import PluginHost

/// A model that a plugin fitted.
package struct PluginModel: Classifier {
    package let features: [String]
    package let threshold: Double
    /// The code that fitted it, and that alone predicts with it.
    package let code: NativeModel
    /// All that the code knows of the fit.
    package let bytes: [UInt8]
    let fitted: FittedNativeModel

    package init(features: [String], threshold: Double = 0.5, code: NativeModel, bytes: [UInt8]) throws(ModelFault) {
        self.features = features
        self.threshold = threshold
        self.code = code
        self.bytes = bytes
        fitted = try code.load(bytes, featureCount: features.count)
    }

    package func probabilities(ofRows rows: UnsafeBufferPointer<Double>, into probabilities: UnsafeMutableBufferPointer<Double>) throws {
        guard let results = probabilities.baseAddress else { return }
        let (width, count) = (features.count, probabilities.count)
        try withUnsafeTemporaryAllocation(of: Double.self, capacity: width * count) { columns in
            for row in 0..<count {
                for feature in 0..<width { columns[feature * count + row] = rows[row * width + feature] }
            }
            try fitted.predict((0..<width).map { UnsafePointer(columns.baseAddress! + $0 * count) }, count: count, into: results)
        }
    }
}
