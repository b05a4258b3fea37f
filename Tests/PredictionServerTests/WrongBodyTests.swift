import Columnar
import Foundation
import PredictionServer
import Testing

@Suite struct WrongBodyTests {
    @Test func missingFieldAnswersInFastAPIsShape() async throws {
        try await expect(
            #"{"daily_return":1,"third":2}"#,
            #"{"type":"missing","loc":["body","ma_7"],"msg":"Field required","input":{"daily_return":1,"third":2}}"#)
    }

    @Test func unknownField() async throws {
        try await expect(
            #"{"daily_return":1,"ma_7":1,"third":2,"x":[1]}"#,
            #"{"type":"extra_forbidden","loc":["body","x"],"msg":"Extra inputs are not permitted","input":[1]}"#)
    }

    @Test(arguments: ["\"1\"", "null", "true", "[1]", "{}"])
    func wrongType(value: String) async throws {
        try await expect(
            #"{"daily_return":\#(value),"ma_7":1,"third":2}"#,
            #"{"type":"float_type","loc":["body","daily_return"],"msg":"Input should be a valid number","input":\#(value)}"#)
    }

    @Test(arguments: [
        ("NaN", "\"NaN\""), ("Infinity", "\"Infinity\""), ("-Infinity", "\"-Infinity\""), ("1e999", "1e999"), ("-1e400", "-1e400"),
    ])
    func notFinite(value: String, echo: String) async throws {
        try await expect(
            #"{"daily_return":\#(value),"ma_7":1,"third":2}"#,
            #"{"type":"finite_number","loc":["body","daily_return"],"msg":"Input should be a finite number","input":\#(echo)}"#)
    }

    @Test func fieldGivenTwice() async throws {
        try await expect(
            #"{"daily_return":1,"ma_7":1,"third":2,"ma_7":3}"#,
            #"{"type":"duplicate_key","loc":["body","ma_7"],"msg":"Field given more than once","input":3}"#)
    }

    @Test func allFaultsOfABodyAtOnce() async throws {
        let body = #"{"daily_return":NaN,"ma_7":"1","x":1,"x":2}"#
        let answer = try await answer(to: Array(body.utf8))
        let details = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: [[String: Any]]])
        let types = details["detail"]?.map { $0["type"] as? String ?? "" }
        #expect(types == ["finite_number", "float_type", "missing", "extra_forbidden", "extra_forbidden", "duplicate_key"])
    }

    @Test(arguments: ["1", "\"a\"", "null", "true"])
    func notAnObject(body: String) async throws {
        try await expect(
            body,
            #"{"type":"model_attributes_type","loc":["body"],"#
                + #""msg":"Input should be a valid dictionary or object to extract fields from","input":\#(body)}"#)
    }

    @Test(arguments: ["", "  \n"])
    func emptyBody(body: String) async throws {
        try await expect(body, #"{"type":"missing","loc":["body"],"msg":"Field required","input":null}"#)
    }

    @Test(arguments: [
        "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1}}", "{a:1}", "{\"a\":01}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":+1}",
        "{\"a\":1e}",
        "{\"a\":-}", "{\"a\":\"\u{1}\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"", "'a'",
        "{\"daily_return\":1,\"ma_7\":1,\"third\":2}x",
        "\u{feff}{}", "nul", "[1,]", "{\"daily_return\":0x10,\"ma_7\":1,\"third\":2}",
    ])
    func malformed(body: String) async throws {
        let answer = try await answer(to: Array(body.utf8))
        #expect(answer.status == 422)
        #expect(answer.body.hasPrefix(#"{"detail":[{"type":"json_invalid","loc":["body","#))
        #expect((try? JSONSerialization.jsonObject(with: Data(answer.body.utf8))) != nil)
    }

    @Test func syntaxFaultTellsItsPlace() async throws {
        try await expect(
            #"{"a":1,}"#,
            #"{"type":"json_invalid","loc":["body",7],"msg":"JSON decode error","input":{},"#
                + #""ctx":{"error":"Expecting property name enclosed in double quotes"}}"#)
    }

    @Test func bytesThatAreNotUTF8() async throws {
        #expect(try await answer(to: Array("{\"a".utf8) + [0xff] + Array("\":1}".utf8)).status == 422)
    }

    @Test func deepNestingDoesNotExhaustTheStack() async throws {
        #expect(try await answer(to: Array(repeating: UInt8(ascii: "["), count: 1_000_000)).status == 422)
    }

    @Test func faultOfARowTellsItsIndex() async throws {
        try await expect(
            #"[{"daily_return":1,"ma_7":1,"third":2},{"daily_return":1,"ma_7":1,"third":"x"}]"#,
            #"{"type":"float_type","loc":["body",1,"third"],"msg":"Input should be a valid number","input":"x"}"#)
    }

    @Test func rowThatIsNoObject() async throws {
        try await expect(
            #"[{"daily_return":1,"ma_7":1,"third":2},7]"#,
            #"{"type":"model_attributes_type","loc":["body",1],"#
                + #""msg":"Input should be a valid dictionary or object to extract fields from","input":7}"#)
    }

    @Test func faultsBeyondAThousandAreNotListed() async throws {
        let answer = try await answer(to: Array(("[" + Array(repeating: "{}", count: 100_000).joined(separator: ",") + "]").utf8))
        #expect(answer.status == 422)
        #expect(answer.body.components(separatedBy: "Field required").count == 1001)
        #expect(answer.body.hasSuffix(#""msg":"Further faults are not listed","input":null}]}"#))
    }

    @Test(arguments: [
        (DataType.int, "1.5", "int_from_float"), (.int, "\"1\"", "int_type"), (.bool, "1", "bool_type"),
        (.int, "9223372036854775808", "int_parsing_size"),
    ])
    func featuresOfOtherTypes(type: DataType, value: String, fault: String) async throws {
        let answer = try await answer(to: Array(#"{"daily_return":1,"ma_7":1,"third":\#(value)}"#.utf8), third: type)
        #expect(answer.status == 422)
        #expect(answer.body.contains(#""type":"\#(fault)","loc":["body","third"]"#))
    }

    private func expect(_ body: String, _ detail: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let answer = try await answer(to: Array(body.utf8))
        #expect(answer.status == 422, sourceLocation: sourceLocation)
        #expect(answer.body == "{\"detail\":[\(detail)]}", sourceLocation: sourceLocation)
    }

    private func answer(to body: [UInt8], third: DataType = .double) async throws -> HTTPAnswer {
        let answers = AsyncStream.makeStream(of: HTTPAnswer.self)
        try await withServer([servedModel(third: third)]) { running in
            answers.continuation.yield(try await running.client.send("POST", "/predict", body: body))
            answers.continuation.finish()
        }
        for await answer in answers.stream { return answer }
        throw HTTPClientFault(step: "get an answer")
    }
}
