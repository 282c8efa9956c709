package import GatewayCore

/// Fetches media while its customer waits, and judges it by the rules of strict validation.
///
/// What cannot be fetched in time passes: it is judged when the batch is sent.
package struct StrictInspector: MediaInspector {
    private let fetcher: MediaFetcher
    private let rules: StrictRules
    private let clock: any DomainClock
    private let deadline: Duration
    private let turnstile: Turnstile

    package struct Settings: Sendable {
        /// Downloads at a time; who finds none free waits for one, within the deadline.
        package var maxFetches: Int
        /// For everything, from the request to the verdict.
        package var deadline: Duration

        package init(maxFetches: Int = 8, deadline: Duration = .seconds(10)) {
            self.maxFetches = maxFetches
            self.deadline = deadline
        }
    }

    package init(fetcher: MediaFetcher, rules: StrictRules, clock: any DomainClock, settings: Settings) {
        self.fetcher = fetcher
        self.rules = rules
        self.clock = clock
        deadline = settings.deadline
        turnstile = Turnstile(places: settings.maxFetches)
    }

    package func fault(inMediaAt url: String) async -> String? {
        await withTaskGroup(of: String?.self) { group in
            group.addTask { await turnstile.pass { await look(at: url) } ?? nil }
            group.addTask {
                try? await clock.sleep(until: clock.now() + deadline)
                return nil
            }
            // The other one is ended: a download gives up its place at once.
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private func look(at url: String) async -> String? {
        do {
            let fetched = try await fetcher.fetch(url)
            return rules.fault(in: fetched.bytes, contentType: fetched.declaredType)
        } catch {
            // What the server says at once is said at once, also where it might say another thing later.
            // A look that was ended says nothing.
            return Task.isCancelled ? nil : error.reason.description
        }
    }
}
