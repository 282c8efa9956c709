package import GatewayCore
import HTTPServing

/// Words and addresses of this API's webhooks.
package struct SMSNoticeWriter: NoticeWriter {
    private let directory: CurrentDirectory
    private let inbounds: InboundWriter

    package init(directory: CurrentDirectory, links: (any MediaLinks)? = nil, clock: any DomainClock) {
        self.directory = directory
        inbounds = InboundWriter(links: links, clock: clock)
    }

    /// The call to the batch's own address, else to its plan's; nil for another API's batch, for a plan that is gone,
    /// and when there is no address.
    package func call(for notice: Notice) throws -> WebhookCall? {
        guard case .servicePlan(let id) = notice.owner, let plan = directory.now.servicePlans[id],
            let url = notice.callbackURL ?? plan.callbackURL
        else { return nil }
        return WebhookCall(
            url: url, body: try body(of: notice), secret: plan.callbackSecret, credentials: plan.callbackAccess)
    }

    package func address(of owner: Owner) -> String? {
        guard case .servicePlan(let id) = owner else { return nil }
        return directory.now.servicePlans[id]?.callbackURL
    }

    private func body(of notice: Notice) throws -> [UInt8] {
        switch notice {
        case .message(let message, let batch):
            JSONText.bytes(of: try RecipientReport(on: message, of: batch.label))
        case .end(let batch, let tallies):
            JSONText.bytes(
                of: BatchReport(on: batch, tallies, detail: batch.order.interest.contains(.endFull) ? .full : .summary))
        case .inbound(let inbound):
            JSONText.bytes(of: inbounds.body(of: inbound))
        }
    }
}

extension Notice {
    fileprivate var owner: Owner? {
        switch self {
        case .message(_, let batch), .end(let batch, _): batch.owner
        case .inbound(let inbound): inbound.owner
        }
    }

    /// The address of its own; what came in has none.
    fileprivate var callbackURL: String? {
        switch self {
        case .message(_, let batch), .end(let batch, _): batch.order.callbackURL
        case .inbound: nil
        }
    }
}
