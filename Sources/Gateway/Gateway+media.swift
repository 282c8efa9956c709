import ConversationAPI
import CurlHTTP
import GatewayConfiguration
import GatewayCore
import Hosting
import Logging
import Media
import ObjectStorage
import PostgresStore

/// Media and the keys that gateways make for themselves, wherever they are kept.
struct OpenedMedia: Sendable {
    let library: MediaLibrary
    let host: MediaHost
    let seal: AppSeal
    /// What all gateways of a database have in it; nil for a gateway by itself.
    private let shared: PostgresMedia?

    /// - Parameter shared: is not closed if this fails.
    fileprivate init(_ configuration: Configuration, shared: PostgresMedia?) async throws(DiskFailure) {
        self.shared = shared
        host = try await configuration.mediaHost(sharedBy: shared)
        seal = try await configuration.appSeal(sharedBy: shared)
        library =
            if let folder = configuration.media.sharedDirectory {
                try MediaLibrary(sharedFolder: folder)
            } else {
                try MediaLibrary(dataDirectory: configuration.dataDirectory, shared: shared)
            }
    }

    /// The database was restored, and has not what was stored since its backup: each gateway shares again what it has.
    func shareAgain() async throws { try await shared?.changeIdentity() }

    func close() async { await shared?.close() }
}

extension Gateway {
    /// Opens the media once the store, which makes the tables, is open.
    ///
    /// - Throws: after it has closed the store and the client.
    func openedMedia(beside store: any Store, over client: HTTPClient) async throws -> OpenedMedia {
        do {
            let media = try await openedMedia(over: client)
            // A first start that was cut off before it had a key has given out no link.
            if media.host.keys.isNew, store.findings.lastEntry != nil { warnOfLostKey() }
            return media
        } catch {
            await client.shutdown()
            await store.close()
            throw error
        }
    }

    private func openedMedia(over client: HTTPClient) async throws -> OpenedMedia {
        guard let address = configuration.store.postgresql else {
            return try await OpenedMedia(configuration, shared: nil)
        }
        let storage = configuration.media.sharedStorage.map { SharedBucket($0, client: client, clock: clock) }
        let shared = try await PostgresMedia.open(
            PostgresServer(address, password: configuration.store.password), storage: storage)
        do {
            return try await OpenedMedia(configuration, shared: shared)
        } catch {
            await shared.close()
            throw error
        }
    }

    private func warnOfLostKey() {
        guard configuration.store.postgresql == nil else {
            return logger.warning(
                "Neither the database nor the data directory had a key of media links, and a new one is in the database: links to media that were given out before no longer work; if the old one is in a backup, stop all gateways, remove the row media.key of the table gateway_key and put the file into a data directory",
                metadata: ["path": "\(configuration.dataDirectory)/media.key"])
        }
        logger.warning(
            "The data directory had no media.key and has a new one: links to media that were given out before no longer work; if the old one is in a backup, stop the gateway and put it back",
            metadata: ["path": "\(configuration.dataDirectory)/media.key"])
    }
}
