import CurlHTTP
import MM7
import MockMMSC
import Testing

@Suite("Submissions to the MMSC", .timeLimit(.minutes(5)))
struct SubmissionTests {
    @Test("a message in form is accepted and recorded", arguments: MockMMSC.Checks.allCases)
    func accepted(checks: MockMMSC.Checks) async throws {
        var configuration = MockMMSC.Configuration()
        configuration.checks = checks
        let mmsc = MockMMSC(configuration)

        let answer = try await mmsc.serving { url in try await Submitter(to: url).submit() }

        #expect(answer.status == 200)
        #expect(answer.envelope.transactionID == "t-1")
        #expect(answer.envelope.namespace == Profile.standard.namespace)
        #expect(answer.envelope.status?.code == .success)
        guard case .submitRsp(let response) = answer.envelope.body else { throw Unexpected() }
        let submission = try #require(mmsc.journal.submissions.first)
        #expect(submission.messageID == response.messageID)
        #expect(submission.recipients == ["15550100001"])
        #expect(submission.byteCount > SampleSubmission.mediaBytes)
        if checks == .strict {
            #expect(submission.subject == "Tea & biscuits")
            #expect(submission.parts.map(\.contentType) == ["application/smil", "image/jpeg", "text/plain"])
            #expect(submission.parts[1].byteCount == SampleSubmission.mediaBytes)
        }
    }

    @Test("a violation is answered with a fault that names it")
    func violation() async throws {
        let mmsc = MockMMSC()
        let bare = try MessageWriter(profile: .standard).write(
            SubmitReq(sender: SenderIdentification(), recipients: Recipients(to: [.msisdn("15550100001")])),
            transactionID: "t-1", content: nil)

        let answer = try await mmsc.serving { url in try await Submitter(to: url).post(bare) }

        #expect(answer.status == 500)
        #expect(answer.envelope.status?.code == .messageFormatCorrupt)
        #expect(answer.envelope.status?.details == "the message is not multipart/related")
        #expect(mmsc.journal.submissions.map(\.outcome) == [.violation("the message is not multipart/related")])
        #expect(mmsc.journal.counts.violations == 1)
    }

    @Test("only posts with the right credentials are taken")
    func credentials() async throws {
        var configuration = MockMMSC.Configuration()
        configuration.login = BasicCredentials(username: "vasp", password: "secret")
        let mmsc = MockMMSC(configuration)

        let (without, with) = try await mmsc.serving { url in
            var submitter = try Submitter(to: url)
            let without = try await submitter.submit()
            submitter.credentials = BasicCredentials(username: "vasp", password: "secret")
            return (without, try await submitter.submit())
        }

        #expect(without.status == 401)
        #expect(without.envelope.status?.code == .improperIdentification)
        #expect(with.envelope.status?.code == .success)
        #expect(mmsc.journal.counts.unauthorized == 1)
    }

    @Test("where HTTP Digest is wanted, a login in HTTP Basic is none")
    func digest() async throws {
        var configuration = MockMMSC.Configuration()
        configuration.login = BasicCredentials(username: "vasp", password: "secret")
        configuration.authentication = .digest
        let mmsc = MockMMSC(configuration)

        let (basic, digest) = try await mmsc.serving { url in
            var submitter = try Submitter(to: url)
            submitter.credentials = BasicCredentials(username: "vasp", password: "secret")
            let basic = try await submitter.submit()
            submitter.authentication = .digest
            // More than one challenge may be answered by.
            for number in 2...120 { _ = try await submitter.submit(SampleSubmission(transactionID: "t\(number)")) }
            return (basic, try await submitter.submit())
        }

        #expect(basic.status == 401)
        #expect(digest.envelope.status?.code == .success)
        #expect(mmsc.journal.counts.accepted == 120)
    }

    @Test("a message over the limit gets 413 and 2004", arguments: MockMMSC.Checks.allCases)
    func tooLarge(checks: MockMMSC.Checks) async throws {
        var configuration = MockMMSC.Configuration()
        configuration.bodyLimitBytes = 1000
        configuration.checks = checks

        let answer = try await MockMMSC(configuration).serving { url in try await Submitter(to: url).submit() }

        #expect(answer.status == 413)
        #expect(answer.envelope.status?.code == .multimediaContentRefused)
    }

    @Test("a TransactionID that is too long to remember is refused", arguments: MockMMSC.Checks.allCases)
    func longTransactionID(checks: MockMMSC.Checks) async throws {
        var configuration = MockMMSC.Configuration()
        configuration.checks = checks

        let answer = try await MockMMSC(configuration).serving { url in
            try await Submitter(to: url).submit(
                SampleSubmission(transactionID: String(repeating: "t", count: 513)))
        }

        guard case .fault(let fault) = answer.envelope.body else { throw Unexpected() }
        #expect(fault.code == "Client.TransactionID")
    }

    @Test("a submission that is repeated keeps its MessageID and is not delivered again")
    func repeated() async throws {
        let mmsc = MockMMSC()

        let (first, second) = try await mmsc.serving { url in
            let submitter = try Submitter(to: url)
            return (try await submitter.submit(), try await submitter.submit())
        }

        #expect(first.envelope == second.envelope)
        #expect(mmsc.journal.counts.accepted == 1)
        #expect(mmsc.journal.counts.repeated == 1)
    }
}

struct Unexpected: Error {}
