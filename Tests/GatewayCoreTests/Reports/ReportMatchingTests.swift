import GatewayCore
import Testing

@Suite("The message that a report is about")
struct ReportMatchingTests {
    private func report(to recipient: String?, from sender: String? = nil) -> DeliveryReport {
        DeliveryReport(messageID: "M1", recipient: recipient, sender: sender, fate: .delivered, status: "Retrieved")
    }

    private let two = [
        StoredMessage.given(2, to: "12025550102", .submitted(messageID: "M1")),
        StoredMessage.given(1, to: "12025550101", .submitted(messageID: "M1")),
    ]

    @Test("is the only one with the MessageID, however the number is written", arguments: ["12125559999", nil])
    func only(recipient: String?) {
        #expect(report(to: recipient).match(among: [two[0]]) == two[0])
    }

    @Test(
        "is, among several, the one to the number, in whatever form and in whichever of the two places",
        arguments: [
            ("12025550102", "12025550100"), ("2025550102", "12025550100"), ("025550102", nil), ("5550102", nil),
            ("12025550100", "12025550102"), ("0012025550102", nil),
        ] as [(String, String?)])
    func forms(recipient: String, sender: String?) {
        #expect(report(to: recipient, from: sender).match(among: two)?.id == .number(2))
    }

    @Test("is none where it fits none of several, or more than one", arguments: ["12125559999", "555010", nil])
    func unclear(recipient: String?) {
        #expect(report(to: recipient).match(among: two) == nil)
        #expect(report(to: recipient).subject(among: two, isAnswerOut: { true }) == .unknownRecipient)
    }

    @Test("is the newest of several to one number")
    func newest() {
        let again = [StoredMessage.given(4, to: "12025550101"), .given(3, to: "12025550101")]

        #expect(report(to: "12025550101").match(among: again)?.id == .number(4))
        #expect(report(to: "2025550101").match(among: again)?.id == .number(4))
    }

    @Test("is not the sender's own, who is a recipient too, where the recipient fits another")
    func ownNumber() {
        let three = two + [.given(0, to: "12025550100")]

        #expect(report(to: "2025550101", from: "12025550100").match(among: three)?.id == .number(1))
    }

    @Test("is unknown where none has the MessageID, and to come while an answer is out")
    func unknown() {
        #expect(report(to: nil).subject(among: [], isAnswerOut: { false }) == .unknownMessage)
        #expect(report(to: nil).subject(among: [], isAnswerOut: { true }) == .unanswered)
    }

    @Test(
        "is not one that has ended and was to another number, while an answer is out that may name it",
        arguments: [
            ("12125559999", true, false), ("12125559999", false, true), ("2025550102", true, true), (nil, true, true),
        ] as [(String?, Bool, Bool)])
    func reused(recipient: String?, isAnswerOut: Bool, isIt: Bool) {
        let ended = StoredMessage.given(2, to: "12025550102", .delivered)

        let subject = report(to: recipient).subject(among: [ended], isAnswerOut: { isAnswerOut })

        #expect(subject == (isIt ? .message(ended) : .unanswered))
    }
}

@Suite("Reports that came before the answer")
struct HeldReportsTests {
    private func held(_ id: Int, to recipient: String, _ fate: ReportedFate) -> HeldReports.Held {
        HeldReports.Held(
            id: id,
            report: DeliveryReport(messageID: "M1", recipient: recipient, fate: fate, status: "status"))
    }

    private let accepted = [
        StoredMessage.given(1, to: "12025550101", .submitted(messageID: "M1")),
        StoredMessage.given(2, to: "12025550102", .submitted(messageID: "M1")),
    ]

    @Test("find their messages by number; one that fits none of them stays")
    func numbers() {
        let reports = HeldReports([
            held(7, to: "12025550102", .delivered), held(8, to: "12125559999", .delivered),
            held(9, to: "12025550101", .expired),
        ])

        let released = reports.released(by: accepted)

        #expect(released.map(\.held.id) == [7, 9])
        #expect(released.map(\.message) == [.number(2), .number(1)])
        #expect(released.map(\.change?.state) == [.delivered, .expired])
    }

    @Test("are judged by what those before them said")
    func order() {
        let reports = HeldReports([
            held(7, to: "12025550101", .expired), held(8, to: "12025550101", .delivered),
            held(9, to: "12025550101", .expired),
        ])

        let released = reports.released(by: accepted)

        #expect(released.map(\.change?.state) == [.expired, .delivered, nil])
        #expect(released.map(\.change?.isEnd) == [true, false, nil])
    }
}
