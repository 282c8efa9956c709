import CurlHTTP
import Foundation
import GatewayCore
import TestPeers
import Testing

@testable import Gateway

@Suite("What handsets send to an app", .timeLimit(.minutes(5)))
struct AppConversationLineTests {
    @Test("two pictures with a text are two callbacks, whose links can be downloaded")
    func pictures() async throws {
        try await Line.run { line in
            line.openApp()

            try await line.deliver("l1", text: "Like these?", pictures: 2)
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

            try await line.deliver("l1", text: "* yes, please ")
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

            try await line.deliver("l1", text: "Hello")
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
            try await line.deliver("l2", text: "Thanks")
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
