import IPRanges
import Testing

@Suite("Addresses and ranges of them")
struct IPRangeTests {
    @Test(
        "an address is shown as people write it",
        arguments: [
            ("192.0.2.7", "192.0.2.7"), ("255.255.255.255", "255.255.255.255"), ("2001:DB8:0:0::1", "2001:db8::1"),
            ("::ffff:10.0.0.1", "10.0.0.1"), ("::1", "::1"),
        ])
    func shown(text: String, description: String) {
        #expect(IPAddress(text)?.description == description)
    }

    @Test(
        "a range contains what shares its prefix",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.1.2.3/8", "10.9.9.9", true),
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false), ("192.0.2.7/32", "192.0.2.7", true),
            ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false), ("::/0", "2001:db8::1", true),
            ("::1/128", "::1", true), ("::1", "::2", false), ("fd00::/8", "fdff::1", true),
            ("fe80::/10", "fe80::1%eth0", true), ("10.0.0.0/8", "::ffff:10.0.0.1", true),
            ("::ffff:10.0.0.0/104", "10.1.1.1", true), ("::ffff:10.0.0.0/104", "11.1.1.1", false),
            ("::/0", "10.0.0.1", false),
        ])
    func contains(range: String, address: String, isContained: Bool) throws {
        let range = try #require(IPRange(range))
        let address = try #require(IPAddress(address))

        #expect(range.contains(address) == isContained)
    }

    @Test(
        "what is not a range is refused",
        arguments: [
            "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0/8", "::/129",
            "10.0.0.0/8/8", "fe80::1%eth0/64", "example", " 10.0.0.0/8", "010.0.0.1",
        ])
    func notARange(text: String) {
        #expect(IPRange(text) == nil)
    }

    @Test(
        "addresses of the public Internet",
        arguments: [
            "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "198.20.0.1",
            "223.255.255.254", "::ffff:8.8.8.8", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808",
        ])
    func isPublic(address: String) throws {
        #expect(try #require(IPAddress(address)).isPublic)
    }

    @Test(
        "addresses that only mean something nearby",
        arguments: [
            "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1", "169.254.169.254",
            "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.19.255.255",
            "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1",
            "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::7f00:1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%lo",
            "fec0::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1", "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1", "3fff::1", "4000::1",
        ])
    func isNotPublic(address: String) throws {
        #expect(try !#require(IPAddress(address)).isPublic)
    }
}
