import CurlHTTP
import GatewayCore
import IPRanges

extension Configuration {
    /// The places of customers' targets that `egress` lets nobody call: addresses that it refuses, and this machine by
    /// name. Other names are looked up where they are called and not here, for a check asks nobody.
    var placesOfRefusedTargets: [String] {
        let plans = directory.servicePlans.values.compactMap { plan in
            plan.callbackURL.map { (place: "callback_url of the service plan \(plan.id)", url: $0) }
        }
        let apps = directory.projects.values.flatMap(\.apps).flatMap { app in
            app.webhooks.map { (place: "a target in webhooks of the app \(app.id)", url: $0.target) }
        }
        return (plans + apps).filter { isRefused($0.url) }.map(\.place).sorted()
    }

    private func isRefused(_ text: String) -> Bool {
        // What is no URL is a fault of its own.
        guard let url = try? WebURL(text) else { return false }
        let policy = AddressPolicy.publicOnly(allowing: egress)
        let name = url.host.hasSuffix(".") ? String(url.host.dropLast()) : url.host
        if name == "localhost" { return !["127.0.0.1", "::1"].contains(where: policy.permits(address:)) }
        return IPAddress(name) != nil && !policy.permits(address: name)
    }
}
