package import GatewayCore
import HTTPServing

/// Words and addresses of this API's webhooks. A target is the server of the batch's own callback address, or empty
/// where the customer's address is used.
package struct SMSCallWriter: CallWriter {
    private let fates: any FateReader
    private let directory: CurrentDirectory
    private let inbounds: InboundWriter

    package init(
        fates: any FateReader, directory: CurrentDirectory, links: (any MediaLinks)? = nil, clock: any DomainClock
    ) {
        self.fates = fates
        self.directory = directory
        inbounds = InboundWriter(links: links, clock: clock)
    }

    /// One target, whether it has an address now or gets one later.
    package static func targets(of occasion: Event.Occasion, in directory: Directory) -> [CallTarget] {
        [CallTarget(occasion.batchTarget)]
    }

    package func address(of target: String, of owner: Owner) -> String? {
        target.isEmpty ? customer(owner)?.webhooks.first?.url : target
    }

    /// The call to the batch's own address, else to its plan's; nil for another API's batch, for a plan that is gone,
    /// and when there is no address.
    package func body(of event: Event, to target: String) async throws -> WebhookCall? {
        guard let customer = customer(event.owner) else { return nil }
        let own = event.batch?.order.callbackURL.map { Webhook(url: $0, credentials: customer.callbackCredentials) }
        guard let webhook = own ?? customer.webhooks.first else { return nil }
        guard let body = try await body(of: event) else { return nil }
        return WebhookCall(url: webhook.url, body: body, credentials: webhook.credentials)
    }

    private func customer(_ owner: Owner) -> Customer? {
        switch owner {
        case .servicePlan(let id): directory.now.plan(id)?.customer
        // Its notifications have other words.
        case .app, .project: nil
        }
    }

    private func body(of event: Event) async throws -> [UInt8]? {
        switch event.subject {
        case .message(let message, let batch):
            return JSONText.bytes(of: try RecipientReport(on: message, of: batch.label))
        case .end(let batch):
            let isFull = batch.order.interest.contains(.endFull)
            let tallies = try await fates.tallies(of: batch.id, withRecipients: isFull, for: nil)
            return JSONText.bytes(of: BatchReport(on: batch, tallies, detail: isFull ? .full : .summary))
        case .inbound(let inbound):
            return JSONText.bytes(of: inbounds.body(of: inbound))
        // This API writes none.
        case .notice: return nil
        }
    }
}
