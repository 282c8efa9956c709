import HTTPServing
import Hummingbird

/// `GET /journal`: the counts and the accounts in JSON, so that another process can compare them with its own.
/// `?counts_only` leaves the accounts out. The two agree when no submission is in flight; the counts are read first.
struct JournalRoute: Sendable {
    let journal: Journal
    let accounts: Accounts

    /// The number of accounts read and written at a time.
    private static let lot = 1000

    func addRoutes(to router: Router<ExchangeContext>) {
        router.get("/journal") { request, _ in
            request.uri.queryParameters["counts_only"] == nil
                ? complete() : Response(json: Brief(counts: journal.counts))
        }
    }

    private struct Brief: Encodable {
        let counts: Counts
    }

    /// Written as it is read: a million accounts are a hundred megabytes of text.
    private func complete() -> Response {
        let body = ResponseBody { writer in
            let transactionIDs = accounts.transactionIDs
            var bytes = Array(#"{"counts":"#.utf8) + JSONText.bytes(of: journal.counts)
            bytes += #","submissions":{"#.utf8
            for start in stride(from: 0, to: transactionIDs.count, by: Self.lot) {
                let lot = transactionIDs[start..<min(start + Self.lot, transactionIDs.count)]
                var isFirst = start == 0
                for (transactionID, account) in accounts.accounts(of: lot) {
                    if !isFirst { bytes.append(UInt8(ascii: ",")) }
                    isFirst = false
                    append(account, of: transactionID, to: &bytes)
                }
                try await writer.write(ByteBuffer(bytes: bytes))
                bytes = []
            }
            bytes += "}}".utf8
            try await writer.write(ByteBuffer(bytes: bytes))
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "application/json"], body: body)
    }

    private func append(_ account: Accounts.Account, of transactionID: String, to bytes: inout [UInt8]) {
        bytes += JSONText.bytes(of: transactionID)
        bytes += ":{\"received\":\(account.received),\"accepted\":\(account.accepted)".utf8
        bytes += ",\"recipients\":\(account.recipients)".utf8
        if let messageID = accounts.messageID(of: account) { bytes += ",\"message_id\":\"\(messageID)\"".utf8 }
        bytes.append(UInt8(ascii: "}"))
    }
}
