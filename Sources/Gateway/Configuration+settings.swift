import ConversationAPI
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Hosting
import MM7Endpoint
import Media
import Submission
import Webhooks

/// The configuration in the terms of the parts it sets up.
extension Configuration {
    var conversationSettings: ConversationAPI.Settings {
        ConversationAPI.Settings(
            style: TranscodingStyle(bullet: conversation.bullet, cardTitle: conversation.cardTitle),
            notifiesQueued: conversation.sendsQueuedOnChannel, inboundSubject: conversation.inboundSubject,
            choiceLife: conversation.choiceLife, dispatchRetention: conversation.dispatchRetention)
    }

    func webhookSettings(_ live: LiveSettings) -> WebhookService.Settings {
        WebhookService.Settings(
            schedule: RetrySchedule(firstDelay: webhooks.firstDelay, lastDelay: webhooks.lastDelay),
            timeout: webhooks.timeout, maxInFlight: webhooks.maxInFlight, allowed: live.egress,
            trust: live.webhookTrust)
    }

    var submissionSettings: SubmissionService.Settings {
        SubmissionService.Settings(
            retries: RetryPolicy(
                maxTries: submission.maxTries, firstDelay: submission.firstDelay, lastDelay: submission.lastDelay),
            reportGrace: submission.reportGrace, contentMemoryBytes: submission.contentMemoryBytes)
    }

    var mediaSettings: MediaService.Settings {
        MediaService.Settings(
            maxFetches: media.fetches, tries: media.tries, strictRules: media.strict.rules)
    }

    var inspectorSettings: StrictInspector.Settings {
        StrictInspector.Settings(maxLooks: media.looks, deadline: media.strict.deadline)
    }

    /// - Parameter keys: what keeps the keys of gateways that share a database; nil for the data directory.
    /// - Throws: `DiskFailure` when the key of links can be neither read nor kept.
    func mediaHost(sharedBy keys: (any SharedKeys)?) async throws(DiskFailure) -> MediaHost {
        let keys = try await LinkKeys(
            configured: media.hosting.keys, dataDirectory: dataDirectory, sharedBy: keys)
        return MediaHost(publicURL: server.linkBase, keys: keys, linkLife: media.hosting.linkLife)
    }

    /// - Parameter keys: as for `mediaHost`. A key that lies in the database beside what it seals protects less than one
    ///   that `conversation.seal_keys` gives, and than one in a data directory.
    /// - Throws: `DiskFailure` when the key of apps can be neither read nor kept.
    func appSeal(sharedBy keys: (any SharedKeys)?) async throws(DiskFailure) -> AppSeal {
        let configured = conversation.sealKeys.map { Array($0.reveal().utf8) }
        guard let first = configured.first else {
            return AppSeal(try await KeyFile.apps.octets(in: dataDirectory, sharedBy: keys).octets)
        }
        // They may have sealed what the store has, before the configuration had keys.
        let kept = try await KeyFile.apps.allKept(in: dataDirectory, sharedBy: keys)
        return AppSeal(first, others: configured.dropFirst() + kept)
    }

    func mediaLimits(_ live: LiveSettings) -> MediaFetcher.Limits {
        MediaFetcher.Limits(
            bytes: media.limitBytes, timeout: media.timeout, allowed: live.egress, trust: live.mediaTrust)
    }
}

extension Configuration.Media {
    /// The most bytes that all downloads hold together: a file counts as large as it may be.
    var memoryBytes: Int { memoryLimitBytes ?? max(320_000_000, limitBytes * Self.leastInMemory) }

    /// The most downloads at once: four fifths of the memory are theirs.
    var fetches: Int { min(maxFetches, memoryBytes / 5 * 4 / limitBytes) }

    /// The most looks for `strict_validation` at once, in the rest of the memory; at least two, for two customers.
    var looks: Int { max(min(maxFetches / 4, memoryBytes / 5 / limitBytes), 2) }
}

extension Configuration.Server {
    var listener: Listener {
        Listener(
            "server.listen", host: listen.host, port: listen.port, maxConnections: maxConnections,
            maxConnectionsPerAddress: maxConnectionsPerAddress, requestDeadline: requestTimeout,
            idleTimeout: idleTimeout)
    }
}

extension Configuration.MM7Server {
    var limits: MM7Endpoint.Limits {
        MM7Endpoint.Limits(
            bodyBytes: bodyLimitBytes, memoryBytes: memoryLimitBytes, patience: answerTimeout,
            requestDeadline: requestTimeout)
    }

    var listener: Listener {
        Listener(
            "mm7.listen", host: listen.host, port: listen.port, maxConnections: maxConnections,
            maxConnectionsPerAddress: maxConnectionsPerAddress, requestDeadline: requestTimeout,
            idleTimeout: idleTimeout, refusalForm: MM7Endpoint.refusalForm)
    }
}

extension Configuration.Operations {
    var listener: Listener {
        Listener("operations.listen", host: listen.host, port: listen.port, maxConnections: maxConnections)
    }
}
