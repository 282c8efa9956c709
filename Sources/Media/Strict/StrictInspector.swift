package import GatewayCore

/// Fetches media while its customer waits, and judges it by the rules of strict validation.
///
/// Media that cannot be fetched in time passes here and is judged when the batch is sent; so does media when too many
/// looks wait already. The looks are shared out among customers, so that a server that hangs delays only the requests
/// of its own customer.
package struct StrictInspector: MediaInspector {
    private let fetcher: MediaFetcher
    private let rules: StrictRules
    private let clock: any DomainClock
    private let deadline: Duration
    private let looks: SharedPermits<Owner, MediaSource>

    package struct Settings: Sendable {
        /// The most looks at a time for all customers; one customer may have half of them. A request without a free
        /// look waits for one, within the deadline, unless four times as many already wait.
        package var maxLooks: Int
        /// The limit for everything, from the request to the verdict.
        package var deadline: Duration

        package init(maxLooks: Int = 64, deadline: Duration = .seconds(10)) {
            self.maxLooks = maxLooks
            self.deadline = deadline
        }
    }

    package init(fetcher: MediaFetcher, rules: StrictRules, clock: any DomainClock, settings: Settings) {
        self.fetcher = fetcher
        self.rules = rules
        self.clock = clock
        deadline = settings.deadline
        looks = SharedPermits(.strictLooks, capacity: settings.maxLooks, waitingLimit: settings.maxLooks * 4)
    }

    package func fault(inMediaAt url: String, of owner: Owner) async -> String? {
        let queue = MediaSource(owner: owner, server: WebServer(of: url))
        let isOver = OnceFlag()
        return await withTaskGroup(of: String?.self) { group in
            group.addTask {
                // Without a permit in time nothing is known about the media.
                try? await looks.withPermit(for: owner, at: queue) { await look(at: url, until: isOver) }
            }
            group.addTask {
                do {
                    try await clock.sleep(until: clock.now() + deadline)
                    isOver.raise()
                } catch {
                    // The look has ended, or nobody waits for it now.
                }
                return nil
            }
            // The other task is cancelled, so a download gives up its permit at once.
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private func look(at url: String, until isOver: OnceFlag) async -> (String?, MediaShare.Ending) {
        do {
            let fetched = try await fetcher.fetch(url)
            return (rules.fault(in: fetched.bytes, contentType: fetched.declaredType), .answered)
        } catch {
            // A look that was cancelled says nothing about the media; where its time was up, it says something about
            // the server.
            if Task.isCancelled { return (nil, isOver.isRaised ? .timedOut : .silent) }
            // The customer is told what the server answers now, even if it might answer otherwise later.
            return (error.kind == .ours ? nil : error.reason.description, error.ending)
        }
    }
}
