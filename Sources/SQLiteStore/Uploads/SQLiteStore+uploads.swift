package import FoundationEssentials
package import GatewayCore

extension SQLiteStore {
    package func claimUploads(_ request: UploadRequest, now: Date) async throws(StoreFailure) -> [UploadClaim] {
        let claimed = try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.claimUploads(request, now: now)
        }
        guard !claimed.isEmpty else { return [] }
        return try await readers.read { (snapshot) throws(SQLiteError) in
            var claims: [UploadClaim] = []
            // What has been dropped since has no upload any more.
            for each in claimed {
                guard let inbound = try snapshot.inbound(each.id) else { continue }
                claims.append(UploadClaim(inbound, of: each.owner, token: each.token, tries: each.tries))
            }
            return claims
        }
    }

    package func postponeUploads(
        of inbound: Inbound.ID, media: [Inbound.Medium], until: Date
    ) async throws(StoreFailure) {
        let media = try JSONColumn.text(media)
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.postponeUploads(of: inbound, media: media, until: until)
        }
    }

    package func nextUploadDue() async throws(StoreFailure) -> Date? {
        try await readers.read { (snapshot) throws(SQLiteError) in
            try snapshot.connection.first(UploadQuery.nextDue) { row in row.optionalTime() } ?? nil
        }
    }

    package func record(_ media: [Inbound.Medium], of inbound: Inbound.ID, now: Date) async throws(StoreFailure) {
        let media = try JSONColumn.text(media)
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.record(media, of: inbound, now: now)
        }
    }
}
