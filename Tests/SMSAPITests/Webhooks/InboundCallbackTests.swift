import Foundation
import GatewayCore
import SMSAPI
import Testing

@Suite("Webhooks for what handsets sent")
struct InboundCallbackTests {
    /// Links that can be foreseen.
    private struct PlainLinks: MediaLinks {
        func url(for media: StoredMedia, fileName: String, now: Date) -> String {
            "https://mms.example/media/\(media.hash)/\(fileName)"
        }
    }

    private static let received = Date(milliseconds: 1_775_120_400_000)
    private func call(_ inbound: Inbound, of owner: Owner = .servicePlan("shop")) async throws -> WebhookCall? {
        let face = Face()
        let writer = SMSCallWriter(
            fates: try await face.store, directory: face.directory, links: PlainLinks(), clock: SteadyClock())
        return try await writer.body(
            of: Event(id: 1, owner: owner, subject: .inbound(inbound), createdAt: Self.received), to: "")
    }

    private static let full = Inbound(
        id: ULID("01KN6MZ5G0BAKERY0000000011")!, owner: .servicePlan("shop"), from: "12025550141", to: "12025550100",
        receivedAt: received, sentAt: received + .seconds(-2), reference: "easter-26",
        subject: "Re: Grüße \"🐈\"", text: "Like this?\nOr that?",
        media: [
            Inbound.Medium(StoredMedia(hash: "1a", contentType: "image/jpeg", byteCount: 5), name: "cat.jpg"),
            Inbound.Medium(contentType: "video/mp4", url: "https://bucket.example/mms/2.mp4"),
            // The file is the operator's to find, and no link leads to it.
            Inbound.Medium(StoredMedia(hash: "2b", contentType: "audio/amr", byteCount: 5), name: "hello.amr")
                .failed(code: 2),
        ], otherRecipients: ["12025550142"])
    private static let least = Inbound(
        id: ULID("01KN6MZ5G0BAKERY0000000012")!, owner: .servicePlan("shop"), from: "12025550141", to: "40404",
        receivedAt: received)

    @Test(
        "every member, and the least there can be, as on file byte for byte",
        arguments: [(full, "mo-media"), (least, "mo-media-least")])
    func bytes(inbound: Inbound, name: String) async throws {
        let file = try #require(
            Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures/callbacks"))

        let call = try #require(try await call(inbound))

        #expect(call.body + Array("\n".utf8) == Array(try Data(contentsOf: file)))
        #expect(call.url == "https://hooks.bakery.example/plan")
        #expect(call.credentials.secret == Secret("shop-secret"))
    }

    @Test("nobody is called for what an app has")
    func nobody() async throws {
        let owner = Owner.app("shop", project: "p1")
        let inbound = Inbound(id: Self.least.id, owner: owner, from: "1", to: "2", receivedAt: Self.received)

        #expect(try await call(inbound, of: owner)?.url == nil)
    }
}
