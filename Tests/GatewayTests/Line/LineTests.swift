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

    @Test("the customer is notified once of a report that comes twice")
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

    @Test("a number that no route covers is aborted with the acceptance, and the customer notified")
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
