import Foundation
import GatewayCore
import Submission
import Testing

@testable import Operating

@Suite("What show tells")
struct StoryTests {
    private static let start = Date(milliseconds: 1_790_000_000_000)
    private let mmsc = MMSC(name: "north", url: "http://mmsc.example/mm7", vaspID: "the-vasp")

    private func story() throws -> MessageStory {
        let order = Order(
            to: ["15550100001"], from: try #require(Originator("12025550100")),
            content: Content(
                subject: "Hi", text: "Hello", media: [.init(url: "https://user:hush@media.example/p.jpg?token=hush")]),
            expireAt: Self.start + 3600, reference: "ref", interest: .endSummary)
        let batch = Batch(order, id: ULID(high: 1, low: 0), owner: .servicePlan("plan1"), createdAt: Self.start)
        let message = Message(
            id: ULID(high: 1, low: 1), batch: batch.id, recipient: MSISDN(storedDigits: "15550100001"),
            carriers: Carriers(settledOn: "north"), state: .delivered, changedAt: Self.start + 9, attempts: 2)
        var story = MessageStory(
            message: message, mmsc: "north", messageID: "M1", expireAt: batch.order.expireAt,
            recipientsOfRequest: [message.recipient], batch: batch,
            media: [StoredMedia(hash: "ab", contentType: "image/jpeg", byteCount: 30_000)])
        story.attempts = [
            .init(
                number: 1, mmsc: "north", endedAt: Self.start + 1, event: "answer_lost", statusText: "timed out",
                isResend: false),
            .init(
                number: 2, mmsc: "north", endedAt: Self.start + 6, event: "accepted", statusCode: 1100,
                isResend: true, answer: "<a><VASPID>the-vasp</VASPID></a>"),
        ]
        story.reports = [.init(receivedAt: Self.start + 9, status: "Retrieved", happenedAt: Self.start + 8)]
        story.notifications = [
            .init(
                createdAt: Self.start + 9,
                call: Call(target: "", tries: 2, heardAt: Self.start + 15, reason: "HTTP 503"))
        ]
        return story
    }

    @Test("the address of the media is shown without what may be a customer's secret in it")
    func mediaURL() throws {
        let body = StoryBody(try story(), request: ShownRequest(note: "none")) { _ in nil }

        #expect(body.text.contains("https://•••@media.example/p.jpg?•••"))
        #expect(!body.text.contains("hush"))
    }

    @Test("all that happened, in time order")
    func history() throws {
        var story = try story()
        story.cancelAttempts = [
            .init(number: 1, endedAt: Self.start + 7, outcome: "again", reason: "4001 busy"),
            .init(number: 2, endedAt: Self.start + 8, outcome: "stays", reason: "3001"),
        ]

        let body = StoryBody(story, request: ShownRequest(note: "none")) { _ in nil }

        #expect(
            body.text.contains(
                """
                2026-09-21T14:13:20.000Z  accepted from the customer
                2026-09-21T14:13:21.000Z  attempt 1 at north: answer lost, timed out
                2026-09-21T14:13:26.000Z  attempt 2 at north, a resend: accepted, 1100
                2026-09-21T14:13:27.000Z  CancelReq 1 at north: tried again, 4001 busy
                2026-09-21T14:13:28.000Z  CancelReq 2 at north: the message stays, 3001
                2026-09-21T14:13:29.000Z  report: Retrieved, at the MMSC 2026-09-21T14:13:28.000Z
                2026-09-21T14:13:29.000Z  delivered, for good
                2026-09-21T14:13:35.000Z  webhook: the customer heard the end of the batch, after 2 tries, last HTTP 503
                """), "\(body.text)")
    }

    @Test("each call of an event says where it goes, and since when it is tried")
    func calls() throws {
        var story = try story()
        let (early, late) = (Self.start + 9, Self.start + 40)
        story.notifications = [
            .init(
                createdAt: early,
                call: Call(
                    target: "https://a.example:443", tries: 3, firstTriedAt: Self.start + 10, heardAt: late)),
            .init(
                createdAt: early,
                call: Call(
                    target: "https://b.example:443", dueAt: late, tries: 1, firstTriedAt: Self.start + 10,
                    reason: "HTTP 503")),
            .init(createdAt: early, call: Call(target: "", tries: 0)),
        ]

        let text = StoryBody(story, request: ShownRequest(note: "none")) { _ in nil }.text

        for line in [
            "webhook at https://a.example:443: the customer heard the end of the batch, after 3 tries "
                + "since 2026-09-21T14:13:30.000Z\n",
            "webhook at https://b.example:443: the end of the batch waits to be sent, next at "
                + "2026-09-21T14:14:00.000Z, after 1 try, last HTTP 503\n",
            "webhook: the end of the batch waits until what happened before it was sent\n",
        ] { #expect(text.contains(line), "\(text)") }
    }

    @Test("a message that ended before any MMSC had it says why, in words")
    func reasonOfEnd() throws {
        var story = try story()
        story.message.state = .aborted(.mediaUnreachable)
        story.message.statusText = "the server answered 404"

        let body = StoryBody(story, request: ShownRequest(note: "none")) { _ in nil }

        #expect(body.text.contains("aborted: media_unreachable, for good: the server answered 404\n"), "\(body.text)")
    }

    @Test("media that is not here yet is told with what came of its last try")
    func mediaWait() throws {
        var story = try story()
        story.media = []
        story.mediaWait = MediaWait(tries: 2, dueAt: Self.start + 30, reason: "the server answered 503")
        story.mediaWords = "SSL routines::its own"

        let body = StoryBody(story, request: ShownRequest(note: "none")) { _ in nil }

        #expect(body.text.contains("\nmedia error    SSL routines::its own\n"))
        #expect(
            body.text.contains(
                "media is       not here after 2 tries, tried again at 2026-09-21T14:13:50.000Z: the server answered 503"
            ),
            "\(body.text)")
    }

    @Test("facts, request and answer, without our identification")
    func exchange() throws {
        let story = try story()
        let submission = try WrittenSubmission(
            of: story.batch, media: [ReadMedium(bytes: [1, 2, 3], contentType: "image/jpeg")],
            to: story.recipientsOfRequest,
            transactionID: story.transactionID, at: mmsc)

        let text = StoryBody(story, request: ShownRequest(submission: submission)) { _ in mmsc }.text

        #expect(text.hasPrefix("message        \(story.message.id)\nstate          delivered\n"), "\(text)")
        #expect(text.contains("\nmedia          https://•••@media.example/p.jpg?•••  image/jpeg  30.0 kB\n"))
        #expect(text.contains("\nPOST http://mmsc.example/mm7\nContent-Type: multipart/related;"))
        #expect(text.contains("<VASPID>•••</VASPID>\n"))
        #expect(text.contains("\n  Content-Type: image/jpeg; "))
        #expect(text.hasSuffix("answer of north to attempt 2\n<a>\n  <VASPID>•••</VASPID>\n</a>"))
        #expect(!text.contains("the-vasp"))
    }

    @Test(
        "XML is broken between its tags, other text is left alone",
        arguments: [
            (
                #"<?xml version="1.0"?><a><b x="1"/><c>text</c></a>"#,
                "<?xml version=\"1.0\"?>\n<a>\n  <b x=\"1\"/>\n  <c>text</c>\n</a>"
            ),
            ("<?xml?>\n<a><b>1</b></a>", "<?xml?>\n<a>\n  <b>1</b>\n</a>"),
            ("<a>\n<b/></a>", "<a>\n<b/></a>"), ("busy", "busy"), ("", ""),
        ])
    func broken(_ text: String, shown: String) {
        #expect(text.brokenBetweenTags == shown)
    }

    @Test(
        "what a terminal would obey is not printed",
        arguments: [("a\u{1B}[2Jb", "a\u{FFFD}[2Jb"), ("é\n\tx", "é\n\tx")])
    func controls(_ text: String, shown: String) {
        #expect(text.fitForTerminal == shown)
    }
}
