package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func claimUploads(_ request: UploadRequest, now: Date) async throws(StoreFailure) -> [UploadClaim] {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.claimUploads(request, now: now)
        }
    }

    package func postponeUploads(
        of inbound: Inbound.ID, media: [Inbound.Medium], until: Date
    ) async throws(StoreFailure) {
        let media = try JSONColumn.text(media)
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.postponeUploads(of: inbound, media: media, until: until)
        }
    }

    package func nextUploadDue() async throws(StoreFailure) -> Date? {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.connection.first(UploadQuery.nextDue) { row in row.optionalTime() } ?? nil
        }
    }

    package func record(_ media: [Inbound.Medium], of inbound: Inbound.ID, now: Date) async throws(StoreFailure) {
        let media = try JSONColumn.text(media)
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.record(media, of: inbound, now: now)
        }
    }
}
