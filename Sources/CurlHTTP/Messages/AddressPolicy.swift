package import IPRanges

/// The addresses that a request may connect to.
///
/// The policy judges the address of every connection, not the name in the URL: so it also applies to redirects and to
/// names that change their address between two lookups.
package enum AddressPolicy: Sendable, Hashable {
    case any
    /// Addresses of the public Internet, and those listed.
    case publicOnly(allowing: [IPRange])

    /// Whether a connection to the address, as a socket shows it, may be made. A text that is no address is permitted
    /// only where everything is.
    package func permits(address: String) -> Bool {
        switch self {
        case .any: true
        case .publicOnly: IPAddress(address).map(permits) ?? false
        }
    }

    func permits(_ address: IPAddress) -> Bool {
        switch self {
        case .any: true
        case .publicOnly(let allowed): address.isPublic || allowed.contains { $0.contains(address) }
        }
    }
}
