/// A block of addresses as an operator writes it: `10.0.0.0/8`, `2001:db8::/32`, or one address. (RFC 4632)
package struct IPRange: Hashable, Sendable {
    private let network: IPAddress
    private let prefixLength: Int

    /// Reads an address with or without `/bits`. Bits behind the prefix are dropped, so that `10.1.2.3/8` is
    /// `10.0.0.0/8`; `::ffff:10.0.0.0/104` becomes the IPv4 range that it stands for.
    ///
    /// Returns nil for anything else.
    package init?(_ text: some StringProtocol) {
        let pieces = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard !text.contains("%"), let address = IPAddress(pieces[0]) else { return nil }
        let isWrittenAsV6 = pieces[0].contains(":")
        var length = isWrittenAsV6 ? 128 : 32
        if pieces.count == 2 {
            guard let given = Int(pieces[1]), String(given) == pieces[1], (0...length).contains(given) else {
                return nil
            }
            length = given
        }
        if isWrittenAsV6, case .v4 = address {
            // A mapped range wider than all of IPv4 has no such meaning.
            guard length >= 96 else { return nil }
            length -= 96
        }
        prefixLength = length
        network = Self.network(of: address, prefixLength: length)
    }

    package func contains(_ address: IPAddress) -> Bool {
        Self.network(of: address, prefixLength: prefixLength) == network
    }

    private static func network(of address: IPAddress, prefixLength: Int) -> IPAddress {
        switch address {
        case .v4(let bits): .v4(bits & ~(UInt32.max >> prefixLength))
        case .v6(let bits): .v6(bits & ~(UInt128.max >> prefixLength))
        }
    }
}

extension IPRange {
    /// IANA IPv4 Special-Purpose Address Registry, multicast (224/4) and the reserved rest (240/4).
    static let specialV4 = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    ].compactMap { IPRange($0) }

    static let globalUnicast = ["2000::/3"].compactMap { IPRange($0) }

    /// Within global unicast: protocol assignments with Teredo, documentation, 6to4, which carries any IPv4 address.
    static let specialV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"].compactMap { IPRange($0) }

    /// NAT64: the last 32 bits are the IPv4 address that is reached. (RFC 6052, 2.1)
    static let translated = ["64:ff9b::/96"].compactMap { IPRange($0) }
}
