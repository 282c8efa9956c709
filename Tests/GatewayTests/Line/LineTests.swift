import CurlHTTP
import Foundation
import GatewayConfiguration
import GatewayCore
import HTTPTypes
import MM7
import MockMMSC
import TestPeers
import Testing

@testable import Gateway

@Suite("A message on its whole way", .timeLimit(.minutes(5)))
struct LineTests {
    @Test("a picture is fetched, submitted, reported, and the customer hears each step")
    func wholeWay() async throws {
        try await Line.run { line in
            let batch = try await line.send(reporting: "per_recipient")

            let seen = try await line.customer.wait { $0.calls.contains { $0.contains(#""status":"Delivered""#) } }

            #expect(seen.fetches == ["/picture.jpg": 1])
            #expect(seen.calls.allSatisfy { $0.contains(batch) && $0.contains(#""recipient":"15550100001""#) })
            #expect(try await line.status(in: batch) == "Delivered/0")
            let submission = try #require(line.mmsc.journal.submissions.first)
            #expect(submission.outcome == .accepted)
            #expect(submission.recipients == ["15550100001"])
            #expect(submission.parts.map(\.contentType) == ["application/smil", "image/jpeg", "text/plain"])
            #expect(submission.parts[1].byteCount == line.customer.picture.count)
        }
    }

    @Test("a batch for 300 numbers fetches its media once and sends one SubmitReq for each, all strictly valid")
    func manyRecipients() async throws {
        let numbers = (0..<300).map { "1555010\(1000 + $0)" }
        try await Line.run { line in
            let batch = try await line.send(to: numbers, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.fetches == ["/picture.jpg": 1])
            #expect(
                seen.calls == [
                    #"{"type":"delivery_report_mms","batch_id":"\#(batch)","total_message_count":300,"#
                        + #""statuses":[{"code":0,"status":"Delivered","count":300}]}"#
                ])
            let counts = line.mmsc.journal.counts
            #expect(counts.accepted == 300)
            #expect(counts.received == 300)
            #expect(Set(line.mmsc.journal.submissions.flatMap(\.recipients)) == Set(numbers))
        }
    }

    @Test("a full report tells every recipient by what became of it")
    func fullReport() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.reportedStatuses = ["2": .rejected, "3": .expired, "4": .unreachable]
        try await Line.run(mmsc: peer) { line in
            let numbers = ["15550100001", "15550100002", "15550100003", "15550100004"]
            let batch = try await line.send(to: numbers, reporting: "full")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            let call = try #require(seen.calls.first)
            #expect(call.contains(#"{"code":0,"status":"Delivered","count":1,"recipients":["15550100001"]}"#))
            #expect(call.contains(#"{"code":415,"status":"Rejected","count":1,"recipients":["15550100002"]}"#))
            #expect(call.contains(#"{"code":0,"status":"Expired","count":1,"recipients":["15550100003"]}"#))
            #expect(call.contains(#"{"code":417,"status":"Failed","count":1,"recipients":["15550100004"]}"#))
            let (_, report) = try await line.get("batches/\(batch)/delivery_report?type=full")
            #expect((report["statuses"] as? [Any])?.count == 4)
        }
    }

    @Test("a placeholder is filled for each recipient, and one without a value fails alone")
    func parameters() async throws {
        try await Line.run { line in
            let batch = try await line.send(
                to: ["15550100001", "15550100002", "15550100003"], message: "Hi ${name}", reporting: "full",
                more: #","parameters":{"name":{"+15550100001":"Ana","15550100002":"Benedict"}}"#)

            try await line.customer.wait { $0.calls.count == 1 }

            let texts = line.mmsc.journal.submissions.map { $0.parts.last?.byteCount }
            #expect(Set(texts) == [6, 11])
            #expect(try await line.status(of: "15550100003", in: batch) == "Aborted/405")
        }
    }

    @Test("a message that the MMSC refuses is not sent again")
    func refused() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.refuse = 1
        peer.faults.refusal = .addressError
        try await Line.run(mmsc: peer) { line in
            let batch = try await line.send(reporting: "per_recipient_final")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#""code":402,"status":"Aborted""#) == true)
            #expect(try await line.status(in: batch) == "Aborted/402")
            #expect(line.mmsc.journal.counts.received == 1)
        }
    }

    @Test("a busy MMSC gets the message again until it takes it")
    func busy() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.refuse = 0.5
        try await Line.run(mmsc: peer) { line in
            _ = try await line.send(to: (0..<20).map { "155501000\(10 + $0)" }, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":0,"status":"Delivered","count":20}"#) == true)
            #expect(line.mmsc.journal.counts.refused > 0)
        }
    }

    @Test("a lost answer is followed by the same TransactionID, and the MMSC delivers once")
    func lostAnswer() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.drop = 0.5
        try await Line.run(mmsc: peer) { line in
            _ = try await line.send(to: (0..<20).map { "155501000\(10 + $0)" }, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":0,"status":"Delivered","count":20}"#) == true)
            let counts = line.mmsc.journal.counts
            #expect(counts.dropped > 0)
            #expect(counts.repeated > 0)
            #expect(Set(line.mmsc.journal.submissions.compactMap(\.messageID)).count == 20)
        }
    }

    @Test("an answer that stays away ends the message as unknown where the MMSC must not get it twice")
    func lostAnswerFails() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.drop = 1
        var north = MMSC.north
        north.onLostAnswer = .fail
        try await Line.run(mmsc: peer, north: north) { line in
            let batch = try await line.send(reporting: "per_recipient_final")

            try await line.customer.wait { $0.calls.count == 1 }

            #expect(try await line.status(in: batch) == "Unknown/0")
            #expect(line.mmsc.journal.counts.received == 1)
        }
    }

    @Test("a page with 502 may hide that it was taken: the same request goes again, to the same recipients")
    func badGateway() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.html = 0.5
        var north = MMSC.north
        north.recipientsPerRequest = 5
        // A run of pages is not to make it wait.
        north.breaker.failures = 100
        try await Line.run(mmsc: peer, north: north) { line in
            _ = try await line.send(to: (0..<50).map { "155501000\(10 + $0)" }, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":0,"status":"Delivered","count":50}"#) == true)
            let submissions = line.mmsc.journal.submissions
            #expect(submissions.count > 10)
            #expect(submissions.allSatisfy { $0.recipients.count == 5 })
            #expect(Set(submissions.map(\.transactionID)).count == 10)
        }
    }

    @Test("a page with 502 ends the message as unknown where the MMSC must not get it twice")
    func badGatewayFails() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.html = 1
        var north = MMSC.north
        north.onLostAnswer = .fail
        try await Line.run(mmsc: peer, north: north) { line in
            let batch = try await line.send(reporting: "per_recipient_final")

            try await line.customer.wait { $0.calls.count == 1 }

            #expect(try await line.status(in: batch) == "Unknown/0")
            #expect(line.mmsc.journal.counts.received == 1)
        }
    }

    @Test("reports that overtake the SubmitRsp are joined to their message")
    func earlyReports() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.reorder = 1
        try await Line.run(mmsc: peer) { line in
            _ = try await line.send(to: (0..<20).map { "155501000\(10 + $0)" }, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":0,"status":"Delivered","count":20}"#) == true)
        }
    }

    @Test("a report that comes twice is told once")
    func duplicateReports() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.duplicate = 1
        try await Line.run(mmsc: peer) { line in
            _ = try await line.send(reporting: "per_recipient_final")

            try await line.mmsc.journal.wait { $0.reportsAnswered == 2 }
            _ = try await line.send(reporting: "per_recipient_final")
            let seen = try await line.customer.wait { $0.calls.count >= 2 }

            #expect(seen.calls.count == 2)
            #expect(Set(seen.calls).count == 2)
        }
    }

    @Test("a webhook that fails is called again with the same words")
    func webhookRetry() async throws {
        try await Line.run { line in
            line.customer.answer(.serviceUnavailable, .tooManyRequests)
            _ = try await line.send(reporting: "per_recipient_final")

            let seen = try await line.customer.wait { $0.calls.count == 3 }

            #expect(Set(seen.calls).count == 1)
        }
    }

    @Test(
        "media that cannot be sent ends every message of the batch with 414",
        arguments: ["/missing", "/untyped"])
    func badMedia(path: String) async throws {
        try await Line.run { line in
            let batch = try await line.send(
                to: ["15550100001", "15550100002"], media: line.customerURL + path, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":414,"status":"Aborted","count":2}"#) == true)
            #expect(try await line.status(in: batch) == "Aborted/414")
            #expect(line.mmsc.journal.counts.received == 0)
        }
    }

    @Test(
        "media in a private range is not fetched unless the operator lists it, also behind a name",
        arguments: ["127.0.0.1", "localhost"])
    func egress(host: String) async throws {
        try await Line.run(egress: []) { line in
            let media = line.customerURL.replacing("127.0.0.1", with: host) + "/picture.jpg"
            let batch = try await line.send(media: media)

            try await line.until(status: "Aborted/414", of: batch)

            #expect(line.customer.seen.fetches.isEmpty)
        }
    }

    @Test("a refusal by policy names the setting, to the customer too")
    func reasonOfRefusal() async throws {
        try await Line.run(egress: []) { line in
            let batch = try await line.send(media: line.customerURL + "/picture.jpg?key=secret")

            try await line.until(status: "Aborted/414", of: batch)

            let (_, report) = try await line.get("batches/\(batch)/delivery_report/15550100001")
            let words = try #require(report["status_message"] as? String)
            #expect(words.contains("egress.allow"))
            #expect(!words.contains("secret"))
        }
    }

    @Test("a page in the place of a picture is told for what it is")
    func page() async throws {
        try await Line.run { line in
            let batch = try await line.send(media: line.customerURL + "/page.jpg")

            try await line.until(status: "Aborted/414", of: batch)

            let (_, report) = try await line.get("batches/\(batch)/delivery_report/15550100001")
            #expect((report["status_message"] as? String)?.hasSuffix("the content is an HTML page") == true)
        }
    }

    @Test("a server that hangs for one customer keeps no other waiting")
    func hangingServer() async throws {
        let fourAtATime: @Sendable (inout Configuration) -> Void = { $0.media.maxFetches = 4 }
        try await Line.run(change: fourAtATime) { line in
            for number in 0..<12 {
                _ = try await line.send(to: ["155501010\(10 + number)"], media: line.customerURL + "/hangs/\(number)")
            }
            try await line.customer.wait { $0.fetches["/hangs", default: 0] == 2 }

            let batch = try await line.send(media: line.customerURL + "/picture.jpg", plan: "plan2")

            try await line.until(status: "Delivered/0", of: batch, plan: "plan2")
        }
    }

    @Test("a number that no route covers is aborted with the acceptance, and told")
    func unroutable() async throws {
        try await Line.run { line in
            let batch = try await line.send(to: ["447700900123"], reporting: "per_recipient_final")

            try await line.customer.wait { $0.calls.count == 1 }

            #expect(try await line.status(of: "447700900123", in: batch) == "Aborted/402")
        }
    }

    @Test("an MMSC's posts need its credentials where they are configured")
    func callbackLogin() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.callbackLogin = .init(username: "mmsc", password: "its-secret")
        var north = MMSC.north
        north.callback.login = MMSC.Login(username: "mmsc", password: Secret("its-secret"))
        try await Line.run(mmsc: peer, north: north) { line in
            let batch = try await line.send(reporting: "per_recipient_final")

            try await line.customer.wait { $0.calls.count == 1 }

            #expect(try await line.status(in: batch) == "Delivered/0")
        }
    }

    @Test("a report with wrong credentials changes nothing")
    func wrongCallbackLogin() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.callbackLogin = .init(username: "mmsc", password: "a-guess")
        var north = MMSC.north
        north.callback.login = MMSC.Login(username: "mmsc", password: Secret("its-secret"))
        try await Line.run(mmsc: peer, north: north) { line in
            let batch = try await line.send()

            try await line.mmsc.journal.wait { $0.reportsGivenUp == 1 }

            #expect(line.mmsc.journal.counts.reportsAnswered == 0)
            #expect(try await line.status(in: batch) == "Dispatched/401")
        }
    }

    @Test("every profile's SubmitReq passes an MMSC that forgives nothing", arguments: Profile.known)
    func profiles(profile: Profile) async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.profile = profile
        var north = MMSC.north
        north.profile = profile
        try await Line.run(mmsc: peer, north: north) { line in
            let batch = try await line.send(message: "Fish & chips <today>", reporting: "per_recipient_final")

            try await line.customer.wait { $0.calls.count == 1 }

            #expect(try await line.status(in: batch) == "Delivered/0")
            #expect(line.mmsc.journal.counts.violations == 0)
        }
    }
}
