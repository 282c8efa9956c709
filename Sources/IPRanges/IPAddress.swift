package import Glibc

/// An IPv4 or IPv6 address as a number.
///
/// An IPv4 address mapped into IPv6 (`::ffff:10.0.0.1`), which is how dual-stack sockets show their peers, *is* the
/// IPv4 address here: a rule about one form cannot be evaded with the other.
package enum IPAddress: Hashable, Sendable {
    case v4(UInt32)
    case v6(UInt128)

    /// Reads `192.0.2.1` or `2001:db8::1`, without brackets or port. A zone (`fe80::1%eth0`) is ignored.
    package init?(_ text: some StringProtocol) {
        let text = String(text)
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            self = .v4(UInt32(bigEndian: v4.s_addr))
        } else if inet_pton(AF_INET6, String(text.prefix { $0 != "%" }), &v6) == 1 {
            self.init(v6)
        } else {
            return nil
        }
    }

    /// Reads a socket address; nil if it is not of the Internet.
    package init?(_ address: UnsafePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            self = .v4(UInt32(bigEndian: raw.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6:
            self.init(raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
        default:
            return nil
        }
    }

    private init(_ address: in6_addr) {
        let bits = withUnsafeBytes(of: address) { UInt128(bigEndian: $0.loadUnaligned(as: UInt128.self)) }
        self = bits >> 32 == 0xFFFF ? .v4(UInt32(truncatingIfNeeded: bits)) : .v6(bits)
    }

    /// Whether it belongs to a host that anyone on the Internet may reach: not private, loopback, link-local, shared,
    /// documentation, multicast or reserved. (RFC 6890 and the registries that it founded)
    package var isPublic: Bool {
        switch self {
        case .v4:
            return !IPRange.specialV4.contains { $0.contains(self) }
        case .v6(let bits):
            if IPRange.translated.contains(where: { $0.contains(self) }) {
                return IPAddress.v4(UInt32(truncatingIfNeeded: bits)).isPublic
            }
            // All of ::1, fc00::/7, fe80::/10, ff00::/8 and whatever comes next lies outside of 2000::/3.
            return IPRange.globalUnicast.contains { $0.contains(self) }
                && !IPRange.specialV6.contains { $0.contains(self) }
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// `192.0.2.1` or `2001:db8::1`, as people write it.
    package var description: String {
        switch self {
        case .v4(let bits):
            return [24, 16, 8, 0].map { String(bits >> $0 & 0xFF) }.joined(separator: ".")
        case .v6(let bits):
            var octets = bits.bigEndian
            var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            inet_ntop(AF_INET6, &octets, &text, socklen_t(text.count))
            return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
