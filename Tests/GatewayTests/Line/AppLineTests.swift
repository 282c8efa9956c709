import Foundation
import GatewayConfiguration
import GatewayCore
import MockMMSC
import TestPeers
import Testing

@testable import Gateway

@Suite("A message of an app on its whole way", .timeLimit(.minutes(5)))
struct AppLineTests {
    private static let card = #"""
        {"card_message":{"title":"Spring","description":"All new",\#
        "media_message":{"url":"URL/picture.jpg"},\#
        "choices":[{"text_message":{"text":"Send it"},"postback_data":"send-1"}]}}
        """#

    private func card(in line: Line) -> String { Self.card.replacing("URL", with: line.customerURL) }

    @Test("a card goes out as picture and text, and its app hears that it was queued, handed over and delivered")
    func wholeWay() async throws {
        try await Line.run { line in
            line.openApp(triggers: [.messageDelivery, .messageSubmit])

            let id = try await line.send(
                card(in: line), more: #","message_metadata":"order-4711","correlation_id":"crm-88""#)
            try await line.customer.wait { $0.calls.count { $0.contains(id) } == 3 }

            #expect(try line.statuses(of: id) == ["QUEUED_ON_CHANNEL", "DELIVERED"])
            let submission = try #require(line.mmsc.journal.submissions.first)
            #expect(submission.recipients == ["15550100001"])
            #expect(submission.parts.map(\.contentType) == ["application/smil", "image/jpeg", "text/plain"])
            let submitted = try #require(try line.callbacks("message_submit_notification").first)
            #expect(
                submitted["message_submit_notification", "submitted_message", "card_message", "title"] as? String
                    == "Spring")
            for callback in try line.callbacks("app_id") { #expect(callback["correlation_id"] as? String == "crm-88") }
            for callback in try line.callbacks("message_delivery_report") {
                #expect(callback["message_delivery_report", "metadata"] as? String == "order-4711")
                #expect(
                    callback["message_delivery_report", "channel_identity", "identity"] as? String == "15550100001")
            }
        }
    }

    @Test("a text with a placeholder's signs in it goes out as it is written")
    func noTemplate() async throws {
        try await Line.run { line in
            line.openApp()

            let id = try await line.send(#"{"text_message":{"text":"It costs ${price}"}}"#)
            try await line.customer.wait { $0.calls.count { $0.contains(id) } == 2 }

            #expect(try line.statuses(of: id) == ["QUEUED_ON_CHANNEL", "DELIVERED"])
            #expect(line.mmsc.journal.submissions.first?.parts.last?.byteCount == 17)
        }
    }

    @Test("a list, which no MMS can carry, is taken, and ends as FAILED with the reason")
    func unsupported() async throws {
        try await Line.run { line in
            line.openApp()

            let id = try await line.send(
                #"""
                {"list_message":{"title":"Menu","sections":[{"title":"Hot","items":[{"choice":{"title":"Tea"}}]}]}}
                """#)
            try await line.customer.wait { $0.calls.count == 1 }

            #expect(try line.statuses(of: id) == ["FAILED"])
            let receipt = try #require(try line.callbacks("message_delivery_report").first)
            #expect(receipt["message_delivery_report", "reason", "code"] as? String == "UNSUPPORTED_OPERATION")
            #expect(line.mmsc.journal.counts.received == 0)
        }
    }

    @Test("a picture that cannot be fetched ends as FAILED with the reason")
    func missingMedia() async throws {
        let once: @Sendable (inout Configuration) -> Void = { $0.media.tries = 1 }
        try await Line.run(change: once) { line in
            line.openApp()

            let id = try await line.send(
                #"{"media_message":{"url":"\#(line.customerURL)/nothing.jpg"}}"#)
            try await line.customer.wait { $0.calls.count == 1 }

            #expect(try line.statuses(of: id) == ["FAILED"])
            let receipt = try #require(try line.callbacks("message_delivery_report").first)
            #expect(receipt["message_delivery_report", "reason", "code"] as? String == "MEDIA_NOT_REACHABLE")
        }
    }

    @Test("receipts go to the address that the message names, and to no webhook")
    func callbackURL() async throws {
        try await Line.run { line in
            line.openApp(triggers: [.messageInbound])

            let id = try await line.send(
                #"{"text_message":{"text":"Hello"}}"#, more: #","callback_url":"\#(line.customerURL)/webhook""#)
            try await line.customer.wait { $0.calls.count == 2 }

            #expect(try line.statuses(of: id) == ["QUEUED_ON_CHANNEL", "DELIVERED"])
        }
    }
}
