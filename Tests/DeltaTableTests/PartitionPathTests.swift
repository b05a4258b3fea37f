import Columnar
import Engine
import Testing

@testable import DeltaTable

@Suite struct PartitionPathTests {
    @Test(arguments: [
        ("AAPL", "symbol=AAPL"), ("A/B", "symbol=A%2FB"), ("100%", "symbol=100%25"), ("a b", "symbol=a b"), ("a=b", "symbol=a%3Db"),
        ("a:b", "symbol=a%3Ab"), ("Ünï", "symbol=Ünï"), ("..", "symbol=.."),
        ("a\u{1}\n", "symbol=a%01%0A"), ("^GSPC", "symbol=%5EGSPC"),
        ("#?*", "symbol=%23%3F%2A"),
    ]) func foldersAreHiveEscaped(value: String, folder: String) throws {
        #expect(try PartitionPath.folder(columns: bySymbol, values: [.string(value)]) == folder)
    }

    @Test func nullHasHivesFolder() throws {
        #expect(try PartitionPath.folder(columns: bySymbol, values: [.null]) == "symbol=__HIVE_DEFAULT_PARTITION__")
    }

    @Test func foldersNestInColumnOrder() throws {
        let columns = bySymbol + [PartitionColumn(name: "year", source: "date", part: .year)]
        #expect(try PartitionPath.folder(columns: columns, values: [.string("A"), .int(2012)]) == "symbol=A/year=2012")
    }

    @Test func nameTooLongForAFolderIsRefused() {
        let long = String(repeating: "x", count: 300)
        #expect(throws: DeltaFault.self) { try PartitionPath.folder(columns: bySymbol, values: [.string(long)]) }
    }

    @Test func everyPathSurvivesURIEncoding() {
        let scalars = (1..<0x300).compactMap(Unicode.Scalar.init).map { String(Character($0)) }
        for path in scalars + ["symbol=A%2FB/x.parquet", "a b", "😀/é"] {
            let encoded = PartitionPath.uriEncoded(path)
            #expect(encoded.utf8.allSatisfy { (0x21..<0x7f).contains($0) })
            #expect(PartitionPath.uriDecoded(encoded) == path)
        }
    }

    @Test(arguments: [
        (Value.int(-3), DataType.int), (.double(0.1), .double), (.double(-.infinity), .double), (.double(1e300), .double),
        (.string("null"), .string), (.bool(false), .bool), (.date(-1), .date), (.timestamp(1_330_594_200_000_001), .timestamp),
        (.null, .date),
    ]) func partitionValuesReadBack(value: Value, type: DataType) throws {
        #expect(PartitionText.value(of: try PartitionText.text(of: value, column: "c"), type: type) == value)
    }
}
