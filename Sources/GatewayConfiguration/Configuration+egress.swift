import CurlHTTP
import GatewayCore
import IPRanges

extension Configuration {
    /// The keys of customers' targets that `egress` does not allow: addresses that it refuses, and this machine by
    /// name. Other names are looked up when they are called and not here, because a check asks no name server.
    var keysOfRefusedTargets: [String] {
        targets.filter { isRefused($0.host) }.map(\.path).sorted()
    }

    /// Whether customers have targets with host names, which are not checked here.
    var hasTargetsByName: Bool { targets.contains { IPAddress($0.host) == nil && $0.host != "localhost" } }

    /// The targets, without those that are no URLs, which is a fault of its own.
    private var targets: [(path: String, host: String)] {
        let plans = directory.servicePlans.values.flatMap { plan in
            plan.customer.webhooks.map { (path: "callback_url of the service plan \(plan.id)", url: $0.url) }
        }
        let apps = directory.projects.values.flatMap(\.apps).flatMap { app in
            app.webhooks.map { (path: "a target in webhooks of the app \(app.id)", url: $0.target) }
        }
        let tokens = directory.projects.values.flatMap(\.apps).flatMap { app in
            app.webhooks.compactMap(\.credentials.token).map { token in
                (path: "an endpoint of client_credentials in webhooks of the app \(app.id)", url: token.endpoint)
            }
        }
        return (plans + apps + tokens).compactMap { path, url in
            guard let host = try? WebURL(url).host else { return nil }
            return (path, host.hasSuffix(".") ? String(host.dropLast()) : host)
        }
    }

    private func isRefused(_ host: String) -> Bool {
        let policy = AddressPolicy.publicOnly(allowing: egress)
        if host == "localhost" { return !["127.0.0.1", "::1"].contains(where: policy.permits(address:)) }
        return IPAddress(host) != nil && !policy.permits(address: host)
    }
}
