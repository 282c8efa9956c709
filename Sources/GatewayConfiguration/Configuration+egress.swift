import CurlHTTP
import GatewayCore
import IPRanges

extension Configuration {
    /// The places of customers' targets that `egress` lets nobody call: addresses that it refuses, and this machine by
    /// name. Other names are looked up where they are called and not here, for a check asks nobody.
    var placesOfRefusedTargets: [String] {
        targets.filter { isRefused($0.host) }.map(\.place).sorted()
    }

    /// Whether customers have targets whose hosts have names, of which nothing is said here.
    var hasTargetsByName: Bool { targets.contains { IPAddress($0.host) == nil && $0.host != "localhost" } }

    /// Without those that are no URLs, which is a fault of its own.
    private var targets: [(place: String, host: String)] {
        let plans = directory.servicePlans.values.flatMap { plan in
            plan.customer.webhooks.map { (place: "callback_url of the service plan \(plan.id)", url: $0.url) }
        }
        let apps = directory.projects.values.flatMap(\.apps).flatMap { app in
            app.webhooks.map { (place: "a target in webhooks of the app \(app.id)", url: $0.target) }
        }
        return (plans + apps).compactMap { place, url in
            guard let host = try? WebURL(url).host else { return nil }
            return (place, host.hasSuffix(".") ? String(host.dropLast()) : host)
        }
    }

    private func isRefused(_ host: String) -> Bool {
        let policy = AddressPolicy.publicOnly(allowing: egress)
        if host == "localhost" { return !["127.0.0.1", "::1"].contains(where: policy.permits(address:)) }
        return IPAddress(host) != nil && !policy.permits(address: host)
    }
}
