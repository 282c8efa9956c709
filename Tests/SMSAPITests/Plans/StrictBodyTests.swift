import DescribedAPI
import Foundation
import HTTPTypes
import HummingbirdTesting
import SMSAPI
import Testing

/// The members that a batch has to have beside `to`.
private let rest = #""type":"mt_media","body":{"url":"https://media.bakery.example/cake.jpg"}"#

@Suite("Bodies that a lenient reader would take")
struct StrictBodyTests {
    private let face = Face()
    @Test(
        "each is 400, the place is told, and nothing is done",
        arguments: [
            #"{"to":["12025550141"],\#(rest),}"#, #"{"to":["12025550141",],\#(rest)}"#,
            #"{"to":["12025550141"],\#(rest),"x":007}"#, #"{"to":["12025550141"],\#(rest),"x":+1}"#,
            #"{"to":["12025550141"],\#(rest),"x":NaN}"#, #"{"to":["12025550141"],\#(rest)} x"#,
            #"{"to":["12025550141"],"to":["12025550142"],\#(rest)}"#, #"{"to":["12025550141"],\#(rest)/* */}"#,
            "\u{FEFF}" + #"{"to":["12025550141"],\#(rest)}"#, #"{"to":["12025550141"],\#(rest),"x":"\udc00"}"#,
            "{\"to\":[\"12025550141\"],\(rest),\"x\":\"a\nb\"}",
        ])
    func refused(body: String) async throws {
        let answer = try await face.send(.post, "/xms/v1/shop/batches", body: body)

        #expect(answer.status == .badRequest)
        #expect(try answer.json["code"] == "syntax_invalid_json")
        #expect(answer.text.contains("is not valid JSON: "), "\(answer.text)")
        #expect(answer.text.contains(", at octet "))
        #expect(try await face.batchCount == 0)
    }

    @Test("an error answer stays small whatever was sent, and nobody's number is in it")
    func smallAnswers() async throws {
        let marks = "x" + String(repeating: "\u{301}", count: 300_000)
        let digits = "12025550141" + marks
        let bodies = [
            #"{"to":["\#(marks)"],\#(rest)}"#, #"{"to":["\#(digits)"],\#(rest)}"#,
            #"{"to":["12025550141"],\#(rest),"parameters":{"\#(marks)":{"default":"x"}}}"#,
            #"{"to":["12025550141"],\#(rest),"parameters":{"name":{"\#(digits)":"x"}}}"#,
            #"{"to":["12025550141"],\#(rest),"parameters":{"name":{"12025550141":1}}}"#,
        ]

        for body in bodies {
            let answer = try await face.send(.post, "/xms/v1/shop/batches", body: body)

            #expect(answer.status == .badRequest)
            #expect(answer.text.utf8.count < 300)
            #expect(!answer.text.contains("12025550141"), "\(answer.text)")
        }
    }

    @Test("line ends and tabs of a subject are one blank, as it becomes the line of a header")
    func subject() async throws {
        var body = Face.goodBody
        body["body"] = [
            "url": "https://media.bakery.example/cake.jpg", "subject": "Hi\r\nBcc:\t\u{2028}\u{85}x",
            "message": "a\r\nb",
        ]

        let answer = try await face.post(body)

        #expect(answer.status == .created)
        #expect(try answer.json["body"]?["subject"] == "Hi Bcc: x")
        #expect(try answer.json["body"]?["message"] == "a\r\nb")
    }

    @Test("a text that its parameters make too long is refused, by the longest values")
    func longText() async throws {
        var body = Face.goodBody
        body["body"] = [
            "url": "https://media.bakery.example/cake.jpg",
            "message": .string(String(repeating: "${name}", count: 7)),
        ]
        body["parameters"] = ["name": ["default": "x", "12025550141": .string(String(repeating: "y", count: 1600))]]

        let answer = try await face.post(body)

        #expect(answer.status == .badRequest)
        #expect(
            answer.text.contains("'body.message': has up to 11200 characters with its parameters"), "\(answer.text)")
    }

    @Test(
        "a placeholder before a joiner or a combining mark is filled in",
        arguments: ["\u{200C}", "\u{301}", "\u{FE0F}"])
    func joined(mark: String) async throws {
        var body = Face.goodBody
        body["body"] = ["url": "https://media.bakery.example/cake.jpg", "message": .string("${name}\(mark).")]
        body["parameters"] = ["name": ["default": "Ana"]]

        let answer = try await face.send(
            .post, "/xms/v1/shop/batches/dry_run?per_recipient=true", body: try body.text)

        #expect(try answer.json["per_recipient"]?[0]?["body"] == .string("Ana\(mark)."))
    }

    @Test("numbers as a word processor writes them are the same numbers")
    func numbers() async throws {
        var body = Face.goodBody
        body["to"] = ["+1\u{A0}202\u{2013}555\u{2011}0141", "\t12025550142\n", "12025550141"]

        let answer = try await face.post(body)

        #expect(answer.status == .created)
        #expect(try answer.json["to"] == ["12025550141", "12025550142"])
    }
}
