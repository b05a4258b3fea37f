import Columnar
import Engine
import Testing

@testable import DeltaTable

@Suite struct TableMetadataTests {
    @Test func allTypesAndCalendarPartsReadBack() throws {
        let schema = Schema(DataType.allCases.map { Field("the_\($0.rawValue)", $0) })
        let columns = [
            PartitionColumn(name: "the_string", source: "the_string", part: nil),
            PartitionColumn(name: "year", source: "the_date", part: .year), PartitionColumn(name: "d", source: "the_timestamp", part: .day),
        ]
        let metadata = TableMetadata(schema: schema, partitioning: columns, configuration: ["delta.appendOnly": "false"])
        #expect(try TableMetadata(json: try JSON(parsing: metadata.json(createdTime: 0).text)) == metadata)
    }

    @Test(arguments: ["Adj Close", "a,b", "a;b", "a{b", "a(b)", "a\tb", "a=b", "a\nb"])
    func namesDeltaForbidsAreRefusedWithARename(name: String) {
        let metadata = TableMetadata(schema: Schema([Field(name, .int)]), partitioning: [])
        let text = faultText { try metadata.validate() }
        #expect(text.contains("'\(name)'") && text.contains("| rename("))
    }

    @Test func renameThatIsShownIsPermitted() {
        let metadata = TableMetadata(schema: Schema([Field("Adj Close", .int)]), partitioning: [])
        #expect(faultText { try metadata.validate() }.contains("| rename(Adj_Close = `Adj Close`)"))
    }

    @Test func namesThatDifferInCaseAreRefused() {
        let metadata = TableMetadata(schema: Schema([Field("close", .int), Field("Close", .int)]), partitioning: [])
        #expect(throws: DeltaFault.self) { try metadata.validate() }
    }

    @Test(arguments: [
        ("nowhere", nil), ("close", PartitionColumn.Part.year),
    ]) func partitioningThatCannotBeIsRefused(source: String, part: PartitionColumn.Part?) {
        let metadata = TableMetadata(schema: prices, partitioning: [PartitionColumn(name: "p", source: source, part: part)])
        #expect(faultText { try metadata.validate() }.contains(source))
    }

    @Test func tableOfPartitionColumnsOnlyIsRefused() {
        let metadata = TableMetadata(schema: Schema([Field("symbol", .string)]), partitioning: bySymbol)
        #expect(throws: DeltaFault.self) { try metadata.validate() }
    }
}
