package import FoundationEssentials

/// Which of the messages that are due share a SubmitReq.
package struct RequestGrouping: Sendable {
    private let mmsc: String
    /// The most messages of one SubmitReq.
    private let recipientsPerRequest: Int
    /// The queue that the messages come from.
    private let queue: SubmissionShare.Queue
    private let leaseUntil: Date

    package init(
        at mmsc: String, recipientsPerRequest: Int, queue: SubmissionShare.Queue, leaseUntil: Date = .distantFuture
    ) {
        self.mmsc = mmsc
        self.recipientsPerRequest = recipientsPerRequest
        self.queue = queue
        self.leaseUntil = leaseUntil
    }

    /// The first messages of a queue as claims.
    ///
    /// A request that has to be repeated is found by its TransactionID, wherever its messages wait and however many the
    /// MMSC takes together now. An MMSC that knows a TransactionID takes nothing more under it, so where some of its
    /// messages have ended, the others go under TransactionIDs of their own.
    ///
    /// - Parameters:
    ///   - due: messages of one queue, the longest due first.
    ///   - limit: claims at most.
    ///   - sharing: the messages in doubt of a shared request.
    package func claims<Failure>(
        of due: [DueMessage], upTo limit: Int, sharing: (String) throws(Failure) -> [DueMessage]
    ) throws(Failure) -> [Claim] {
        var claims: [Claim] = []
        var repeated: Set<String> = []
        var rest = due[...]
        while let first = rest.first, claims.count < limit {
            if let name = first.sharedRequest {
                rest = rest.dropFirst()
                if repeated.contains(name) { continue }
                let messages = try sharing(name)
                if let head = messages.first, messages.count == Claim.copyCount(of: name) {
                    repeated.insert(name)
                    claims.append(claim(head, with: messages.dropFirst(), repeating: name))
                } else {
                    claims.append(claim(first))
                }
            } else {
                let together = rest.prefix(recipientsPerRequest).prefix { $0.goes(with: first) }
                rest = rest.dropFirst(together.count)
                claims.append(claim(first, with: together.dropFirst()))
            }
        }
        return claims
    }

    /// - Parameter name: the TransactionID of the request that is repeated; nil makes a new one.
    private func claim(
        _ first: DueMessage, with others: ArraySlice<DueMessage> = [], repeating name: String? = nil
    ) -> Claim {
        Claim(
            of: first.copy, and: others.map(\.copy), batch: first.batch, revision: first.revision, mmsc: mmsc,
            transactionID: name, isResend: first.isResend, doubts: first.doubts, expireAt: first.expireAt,
            leaseUntil: leaseUntil, queue: queue)
    }
}

extension DueMessage {
    /// Whether one SubmitReq may carry both for the first time. What was refused together is tried again alone, and a
    /// repeat carries those that it carried before and no others.
    fileprivate func goes(with other: DueMessage) -> Bool {
        if copy.message == other.copy.message { return true }
        guard batch == other.batch, !isResend, !other.isResend else { return false }
        return isUniform && copy.attempt == 1 && other.copy.attempt == 1
    }
}

extension SubmissionShare.Queue {
    /// Batches of 1,000 messages and more are one kind.
    package static let largestMagnitude = 3

    /// The power of ten in the number of a batch's messages: 0 for 1 to 9, 1 for 10 to 99, and so on.
    package static func magnitude(ofBatchWith messages: Int) -> Int {
        var magnitude = 0
        var bound = 10
        while magnitude < largestMagnitude, messages >= bound {
            magnitude += 1
            bound *= 10
        }
        return magnitude
    }
}
