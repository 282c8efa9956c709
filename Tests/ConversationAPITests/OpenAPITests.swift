import DescribedAPI
import Testing

@testable import ConversationAPI

/// The files of `schemas/openapi` that describe this API, as far as they can be looked at without calling it.
@Suite("The OpenAPI files")
struct OpenAPITests {
    @Test(
        "can be read, and everything that they refer to is in them",
        arguments: DescribedFile.allCases)
    func references(_ described: DescribedFile) throws {
        let file = try described.content

        #expect(file.root["openapi"] == "3.1.0")
        #expect(file.operations.count > 5)
        #expect(file.missingReferences == [])
    }

    @Test(
        "callbacks have the members that they are written with, type by type",
        arguments: [
            ("QueuedCallback", "delivery-queued"), ("DeliveredCallback", "delivery-delivered"),
            ("FailedCallback", "delivery-media-type"), ("BatchFailedCallback", "delivery-in-batch"),
            ("SubmitCallback", "submit"), ("InboundTextCallback", "inbound-text"),
            ("InboundMediaCallback", "inbound-media-dispatch"), ("InboundMediaCardCallback", "inbound-media-card"),
            ("InboundChoiceCallback", "inbound-choice-response"), ("UnsupportedCallback", "unsupported"),
            ("ConversationStartCallback", "conversation-start"), ("ConversationStopCallback", "conversation-stop"),
            ("ConversationDeleteCallback", "conversation-delete"), ("ContactCreateCallback", "contact-create"),
            ("ContactUpdateCallback", "contact-update"), ("ContactDeleteCallback", "contact-delete"),
            ("ContactMergeCallback", "contact-merge"), ("CapabilityCallback", "capability"),
            ("BatchStatusCallback", "batch-status"),
        ])
    func callbacks(example: String, fixture: String) throws {
        let written = try #require(try DescribedFile.conversation.content.examples[example])

        // What is in the folder is what the gateway writes, byte by byte.
        let sent = try JSON(String(decoding: try Fixture.bytes("callbacks/\(fixture)"), as: UTF8.self))

        #expect(written.shape == sent.shape)
    }
}
