import CurlHTTP
import Foundation
import MM7
import MockMMSC
import Testing

@Suite("The journal over HTTP", .timeLimit(.minutes(5)))
struct JournalRouteTests {
    private struct Answer: Decodable {
        struct Account: Decodable, Equatable {
            var received: Int
            var accepted: Int
            var recipients: Int
            var messageID: String?

            enum CodingKeys: String, CodingKey {
                case received, accepted, recipients
                case messageID = "message_id"
            }
        }

        var counts: Counts
        var submissions: [String: Account]?
    }

    private func journal(_ url: String, _ query: String = "") async throws -> Answer {
        let place = url.replacing("/mm7", with: "/journal\(query)")
        let response = try await HTTPClient().send(HTTPRequest(method: .get, url: place))
        #expect(response.status == 200)
        #expect(response.headers.first(named: "Content-Type") == "application/json")
        return try JSONDecoder().decode(Answer.self, from: Data(response.body))
    }

    @Test("it tells what was received and taken under each TransactionID, and all counts")
    func accounts() async throws {
        var configuration = MockMMSC.Configuration()
        configuration.recipientLimit = 2
        let mmsc = MockMMSC(configuration)

        let answer = try await mmsc.serving { url in
            let submitter = try Submitter(to: url)
            _ = try await submitter.submit(SampleSubmission(transactionID: "one \"\\"))
            _ = try await submitter.submit(SampleSubmission(transactionID: "one \"\\"))
            _ = try await submitter.submit(SampleSubmission(transactionID: "two", toSeveral: 2))
            _ = try await submitter.submit(SampleSubmission(transactionID: "three", toSeveral: 3))
            return try await journal(url)
        }

        #expect(answer.counts == mmsc.journal.counts)
        #expect(answer.counts.received == 4)
        let messageIDs = mmsc.journal.submissions.map(\.messageID)
        #expect(
            answer.submissions == [
                "one \"\\": .init(received: 2, accepted: 2, recipients: 1, messageID: messageIDs[0]),
                "two": .init(received: 1, accepted: 1, recipients: 2, messageID: messageIDs[2]),
                "three": .init(received: 1, accepted: 0, recipients: 3),
            ])
    }

    @Test("its counts are in snake case")
    func names() async throws {
        let body = try await MockMMSC().serving { url in
            let place = url.replacing("/mm7", with: "/journal?counts_only")
            return try await HTTPClient().send(HTTPRequest(method: .get, url: place)).body
        }

        let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: [String: Int]]
        let names = try #require(object?["counts"]?.keys)
        #expect(names.contains("reports_given_up"))
        #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "_" } })
        #expect(names.count == Mirror(reflecting: Counts()).children.count)
    }

    @Test("counts_only leaves the submissions out", arguments: ["?counts_only", "?counts_only=1"])
    func countsOnly(query: String) async throws {
        let answer = try await MockMMSC().serving { url in
            _ = try await Submitter(to: url).submit()
            return try await journal(url, query)
        }

        #expect(answer.counts.accepted == 1)
        #expect(answer.submissions == nil)
    }

    @Test(
        "a post is a submission at any path, that of the journal too",
        arguments: ["/journal", "/journal/a", "/", "/a/b"])
    func posts(path: String) async throws {
        let answer = try await MockMMSC().serving { url in
            try await Submitter(to: url.replacing("/mm7", with: path)).submit()
        }

        #expect(answer.envelope.status?.code == .success)
    }

    @Test("many accounts come whole, and those that had to go are counted")
    func many() async throws {
        var configuration = MockMMSC.Configuration()
        configuration.accountLimit = 1005
        configuration.checks = .light
        let mmsc = MockMMSC(configuration)

        let answer = try await mmsc.serving { url in
            let submitter = try Submitter(to: url)
            for number in 0..<1010 { _ = try await submitter.submit(SampleSubmission(transactionID: "t-\(number)")) }
            return try await journal(url)
        }

        #expect(answer.counts.forgotten == 5)
        #expect(answer.submissions?.count == 1005)
        #expect(answer.submissions?["t-4"] == nil)
        #expect(answer.submissions?["t-5"]?.received == 1)
    }
}
