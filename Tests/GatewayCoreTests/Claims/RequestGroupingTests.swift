import Foundation
import GatewayCore
import Testing

@Suite("Which messages share a SubmitReq")
struct RequestGroupingTests {
    private func message(
        _ number: UInt64, batch: UInt64 = 0, attempt: Int = 1, sharedRequest: String? = nil, isUniform: Bool = true,
        isResend: Bool = false
    ) -> DueMessage {
        DueMessage(
            copy: Claim.Copy(
                message: .number(number), recipient: MSISDN(storedDigits: "1202555010\(number)"), attempt: attempt),
            batch: .number(batch), revision: 0, sharedRequest: sharedRequest, isUniform: isUniform,
            isResend: isResend, expireAt: .noon)
    }

    /// The numbers of the messages of each claim.
    private func grouped(
        _ due: [DueMessage], by recipients: Int = 3, upTo limit: Int = 10, sharing: [String: [DueMessage]] = [:]
    ) -> [[UInt64]] {
        claims(due, by: recipients, upTo: limit, sharing: sharing).map { $0.copies.map(\.message.low) }
    }

    private func claims(
        _ due: [DueMessage], by recipients: Int = 3, upTo limit: Int = 10, sharing: [String: [DueMessage]] = [:]
    ) -> [Claim] {
        RequestGrouping(
            at: "north", recipientsPerRequest: recipients, queue: SubmissionShare.Queue(customer: 1, magnitude: 0)
        ).claims(of: due, upTo: limit) { sharing[$0] ?? [] }
    }

    @Test("as many of one batch as the MMSC takes, in their order")
    func together() {
        #expect(grouped((1...5).map { message($0) }) == [[1, 2, 3], [4, 5]])
        #expect(grouped((1...3).map { message($0) }, by: 1) == [[1], [2], [3]])
    }

    @Test("no more requests than asked for")
    func limit() {
        #expect(grouped((1...5).map { message($0) }, by: 1, upTo: 2) == [[1], [2]])
    }

    @Test(
        "alone goes what is of another batch, and what was tried before or may have arrived",
        arguments: [0, 1, 2])
    func alone(_ kind: Int) {
        let other =
            switch kind {
            case 0: message(2, batch: 1)
            case 1: message(2, attempt: 2)
            default: message(2, isResend: true)
            }

        #expect(grouped([message(1), other, message(3)]) == [[1], [2], [3]])
    }

    @Test("recipients who get different texts go alone")
    func texts() {
        #expect(grouped((1...3).map { message($0, isUniform: false) }) == [[1], [2], [3]])
    }

    @Test("a request in doubt is repeated whole and once, wherever its messages wait and however many go together now")
    func repeated() {
        let name = "R-3"
        let shared = (1...3).map { message($0, attempt: 2, sharedRequest: name, isResend: true) }

        let claims = claims([shared[1], message(5), shared[0]], by: 1, sharing: [name: shared])

        #expect(claims.map { $0.copies.map(\.message.low) } == [[1, 2, 3], [5]])
        #expect(claims.first?.transactionID == name)
        #expect(claims.first?.isResend == true)
    }

    @Test("where some of its messages came to an end, the others go under names of their own")
    func rest() {
        let name = "R-3"
        let shared = (1...2).map { message($0, attempt: 2, sharedRequest: name, isResend: true) }

        let claims = claims(shared, sharing: [name: shared])

        #expect(claims.map { $0.copies.map(\.message.low) } == [[1], [2]])
        #expect(claims.map(\.transactionID) == shared.map(\.copy.message.description))
    }

    @Test(
        "batches are of four sizes",
        arguments: [(1, 0), (9, 0), (10, 1), (99, 1), (100, 2), (999, 2), (1000, 3), (100_000, 3), (0, 0)])
    func magnitudes(messages: Int, magnitude: Int) {
        #expect(SubmissionShare.Queue.magnitude(ofBatchWith: messages) == magnitude)
    }
}
