import GatewayCore

/// Puts inbound messages into words, with links to their media that are good from now on.
struct InboundWriter: Sendable {
    /// Nil: the media is not hosted, and its items are marked as lost.
    let links: (any MediaLinks)?
    let clock: any DomainClock

    func body(of inbound: Inbound) -> InboundBody {
        InboundBody(inbound) { medium in
            if let url = medium.url { return url }
            guard let file = medium.file, let stored = medium.stored else { return nil }
            return links?.url(for: stored, fileName: file.name, now: clock.now())
        }
    }
}
