import Testing
import TickbookPlugin
import __TYPE__

@Suite struct NaiveBayesTests {
    private static let values = (0..<200).map { Double($0 * 37 % 200) / 100 - 1 }
    private let samples = Samples(features: [Self.values], labels: Self.values.map { $0 > 0 ? 1 : 0 })

    @Test func largerValuesMakeTheLabelLikelier() throws {
        let model = try NaiveBayes.fit(samples, Arguments(["smoothing": 1e-9]))
        let found = probabilities(model, [-0.8, 0, 0.8])
        #expect(found[0] < 0.1 && found[2] > 0.9 && found[0] < found[1] && found[1] < found[2])
    }

    @Test func theNumbersAreAllOfAModel() throws {
        let model = try NaiveBayes.fit(samples, Arguments(["smoothing": 0.1]))
        let loaded = try NaiveBayes(numbers: model.numbers, featureCount: 1)
        #expect(probabilities(loaded, Self.values) == probabilities(model, Self.values))
        #expect(throws: PluginError.self) { try NaiveBayes(numbers: model.numbers, featureCount: 2) }
    }

    private func probabilities(_ model: NaiveBayes, _ values: [Double]) -> [Double] {
        var results = [Double](repeating: .nan, count: values.count)
        values.withUnsafeBufferPointer { column in
            results.withUnsafeMutableBufferPointer { model.predict([column], into: $0) }
        }
        return results
    }
}
