import CurlHTTP
import Foundation
import GatewayCore
import TestPeers
import Testing

@testable import Gateway

@Suite("What handsets send to an app", .timeLimit(.minutes(5)))
struct AppConversationLineTests {
    private static let namespace = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"

    /// Posts a text and pictures from 15550100001, as an MMSC does.
    private func post(_ linkedID: String, text: String, pictures: Int = 0, in line: Line) async throws {
        let picture = "--b\r\nContent-Type: image/jpeg; name=\"cake.jpg\"\r\n\r\n"
        var body: [ArraySlice<UInt8>] = [
            Array(
                """
                --b\r\nContent-Type: text/xml\r\n\r\n\
                <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><TransactionID \
                xmlns="\(Self.namespace)" e:mustUnderstand="1">\(linkedID)-t</TransactionID></e:Header><e:Body>\
                <DeliverReq xmlns="\(Self.namespace)"><MM7Version>6.8.0</MM7Version><LinkedID>\(linkedID)</LinkedID>\
                <Sender><Number>+15550100001</Number></Sender><Recipients><To><Number>\(Line.number)</Number></To>\
                </Recipients><Content href="cid:text"/></DeliverReq></e:Body></e:Envelope>\r\n\
                --b\r\nContent-Type: text/plain\r\nContent-ID: <text>\r\n\r\n\(text)\r\n
                """.utf8)[...]
        ]
        for _ in 0..<pictures {
            body += [Array(picture.utf8)[...], line.customer.picture[...], Array("\r\n".utf8)[...]]
        }
        body.append(Array("--b--\r\n".utf8)[...])
        var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(line.ports.mm7)/mm7/north")
        request.headers = ["Content-Type": "multipart/related; boundary=b"]
        request.body = body
        let response = try await line.client.send(request)
        #expect(String(decoding: response.body, as: UTF8.self).contains("<StatusCode>1000<"))
    }

    @Test("two pictures with a text are two callbacks, whose links can be downloaded")
    func pictures() async throws {
        try await Line.run { line in
            line.openApp()

            try await post("l1", text: "Like these?", pictures: 2, in: line)
            try await line.customer.wait { $0.calls.count == 2 }

            let callbacks = try line.callbacks("message")
            #expect(Set(callbacks.compactMap { $0["message", "id"] as? String }).count == 2)
            for callback in callbacks {
                let card = ["message", "contact_message", "media_card_message"]
                #expect(callback[card[0], card[1], card[2], "caption"] as? String == "Like these?")
                #expect(callback["message", "sender_id"] as? String == Line.number)
                #expect(callback["message", "channel_identity", "identity"] as? String == "15550100001")
                let url = try #require(callback[card[0], card[1], card[2], "url"] as? String)
                let path = try #require(URL(string: url)?.path(percentEncoded: true))
                let download = try await line.client.send(
                    HTTPRequest(method: .get, url: "http://127.0.0.1:\(line.ports.customers)\(path)"))
                #expect(download.body == line.customer.picture)
            }
        }
    }

    @Test("an answer that was offered comes as the choice, with what its message brought along")
    func choice() async throws {
        try await Line.run { line in
            line.openApp()
            let id = try await line.send(
                #"""
                {"choice_message":{"text_message":{"text":"Tea?"},\#
                "choices":[{"text_message":{"text":"Yes, please"},"postback_data":"tea-yes"}]}}
                """#, more: #","message_metadata":"order-4711""#)
            try await line.customer.wait { $0.calls.count { $0.contains(id) } == 2 }

            try await post("l1", text: "* yes, please ", in: line)
            try await line.customer.wait { $0.calls.contains { $0.contains("choice_response_message") } }

            let callback = try #require(try line.callbacks("message").first)
            let answer = ["message", "contact_message", "choice_response_message"]
            #expect(callback[answer[0], answer[1], answer[2], "postback_data"] as? String == "tea-yes")
            #expect(callback[answer[0], answer[1], answer[2], "message_id"] as? String == id)
            #expect(callback["message", "metadata"] as? String == "order-4711")
        }
    }

    @Test("in CONVERSATION mode contact and conversation are made once, told, and named by all that follows")
    func conversation() async throws {
        try await Line.run { line in
            line.openApp(
                .conversation, triggers: [.messageInbound, .contactCreate, .conversationStart, .messageDelivery])

            try await post("l1", text: "Hello", in: line)
            try await line.customer.wait { $0.calls.count == 3 }
            let contact = try #require(
                try line.callbacks("contact_create_notification").first?["contact_create_notification", "contact", "id"]
                    as? String)
            let start = try #require(try line.callbacks("conversation_start_notification").first)
            let conversation = try #require(
                start["conversation_start_notification", "conversation", "id"] as? String)
            let id = try await line.send(
                #"{"text_message":{"text":"Good day"}}"#, more: #","conversation_metadata":{"agent":"Ana"}"#)
            try await line.customer.wait { $0.calls.count { $0.contains(id) } == 2 }
            try await post("l2", text: "Thanks", in: line)
            try await line.customer.wait { $0.calls.contains { $0.contains("Thanks") } }

            #expect(try line.callbacks("contact_create_notification").count == 1)
            #expect(try line.callbacks("conversation_start_notification").count == 1)
            for callback in try line.callbacks("message") {
                #expect(callback["message", "contact_id"] as? String == contact)
                #expect(callback["message", "conversation_id"] as? String == conversation)
            }
            for callback in try line.callbacks("message_delivery_report") {
                #expect(callback["message_delivery_report", "contact_id"] as? String == contact)
            }
            #expect(try line.callbacks("message").last?["message_metadata"] as? String == #"{"agent":"Ana"}"#)
            let (status, list) = try await line.call(.get, "messages?conversation_id=\(conversation)")
            #expect(status == 200)
            let directions = (list["messages"] as? [[String: Any]])?.map { $0["direction"] as? String }
            #expect(directions == ["TO_APP", "TO_CONTACT", "TO_APP"])
        }
    }
}
