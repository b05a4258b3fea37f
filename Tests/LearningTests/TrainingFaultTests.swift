import Columnar
import Foundation
import Learning
import Testing

@Suite struct TrainingFaultTests {
    @Test func noRowsAtAll() { expect(SampleTable(names: ["f0"]), says: "there are no rows to train on") }

    @Test func noUsableRowNamesTheColumns() {
        var table = SampleTable(names: ["f0"])
        for day in 0..<3 { table.append(date: Int32(day), labelEnd: Int32(day), target: true, [nil]) }
        expect(table, says: "none of the 3 rows can be used for training: a value is missing or not finite (f0 in 3)")
    }

    @Test func oneClassInTheTrainingRows() {
        var table = SampleTable.random(entities: 1, days: 50, seed: 1)
        table.targets = table.targets.map { _ in false }
        expect(table, says: "up is 0 in all")
    }

    @Test func oneDateLeavesNoTestRows() {
        var table = SampleTable(names: ["f0"])
        for row in 0..<10 { table.append(date: 1, labelEnd: 1, target: row % 2 == 0, [Double(row)]) }
        expect(table, says: "no date has 80 % of the 10 usable rows before it, so the test side is empty")
    }

    @Test func allTrainingRowsPurged() {
        var table = SampleTable(names: ["f0"])
        for row in 0..<10 { table.append(date: Int32(row), labelEnd: 1000, target: row % 2 == 0, [Double(row)]) }
        expect(table, says: "all 8 rows before the split are purged")
    }

    @Test func featuresTooLargeToStandardise() {
        var table = SampleTable.random(entities: 1, days: 50, seed: 1)
        table.features[0] = table.features[0].enumerated().map { $0.offset % 2 == 0 ? 1e300 : -1e300 }
        expect(table, says: "feature f0 has values too large to standardise")
    }

    @Test func unknownColumnListsWhatThereIs() {
        let stream = SampleTable(names: ["f0"]).stream()
        #expect(throws: LearningFault("training rows have no column f9; they have date, label_end, up, f0")) {
            try Trainer(spoolFolder: NSTemporaryDirectory())
                .fit(samples: stream, specification: TrainingSpecification(features: ["f9"], target: "up", time: "date"))
        }
    }

    @Test func missingSpoolFolderIsNamed() {
        let fault = #expect(throws: LearningFault.self) {
            try Trainer(spoolFolder: "/does/not/exist").fit(
                samples: SampleTable.random(entities: 1, days: 5, seed: 1).stream(),
                specification: TrainingSpecification(features: ["f0"], target: "up", time: "date"))
        }
        #expect(fault?.description.contains("/does/not/exist") == true)
    }

    private func expect(_ table: SampleTable, says text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let fault = #expect(throws: LearningFault.self, sourceLocation: sourceLocation) { try table.fit() }
        #expect(fault?.description.contains(text) == true, "\(fault?.description ?? "")", sourceLocation: sourceLocation)
    }
}
