import Testing

@testable import DeltaTable

@Suite struct JSONTests {
    @Test(arguments: [
        #"{"a":1,"b":[true,false,null],"c":{"d":"é\n\"\\"}}"#, "9223372036854775807", "-9223372036854775808", "0.1", "1e+300", "[]", "{}",
        #"["\u0001"]"#,
    ]) func textParsesBackToTheSameValue(text: String) throws {
        let value = try JSON(parsing: text)
        #expect(try JSON(parsing: value.text) == value)
    }

    @Test func integersBeyondDoublesStayExact() throws {
        #expect(try JSON(parsing: "9007199254740993") == .int(9_007_199_254_740_993))
    }

    @Test func surrogatePairsBecomeOneCharacter() throws {
        #expect(try JSON(parsing: #""\ud83d\ude00""#) == .string("😀"))
    }

    @Test(arguments: [
        "", "{", "{\"a\"}", "[1,]", "tru", "1 2", "\"\\u12\"", "\"abc", "\"\\ud83d\"",
        "nope", "\"a\\", "\"a\\\"", "{\"a\":1,}", "-", "1.5.2",
    ])
    func malformedTextIsRefused(text: String) {
        #expect(throws: JSONMistake.self) { try JSON(parsing: text) }
    }

    @Test func deepNestingIsRefused() {
        #expect(throws: JSONMistake.self) { try JSON(parsing: String(repeating: "[", count: 100_000)) }
    }

    @Test func invalidUTF8IsRefused() {
        let bytes: [UInt8] = [0x22, 0xff, 0x22]
        #expect(throws: JSONMistake.self) { try bytes.withUnsafeBufferPointer { try JSON(parsing: $0) } }
    }
}
