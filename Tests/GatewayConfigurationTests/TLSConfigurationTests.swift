import ConfigurationReading
import FoundationEssentials
import GatewayCore
import Testing
import Trust

@testable import GatewayConfiguration

@Suite("TLS with those that the gateway calls")
struct TLSConfigurationTests {
    private static let pin = "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

    /// An MMSC with the section, and what else the file has.
    private func fixture(
        _ tls: String, url: String = "https://mmsc.example/mm7", besides members: String = ""
    ) throws -> ConfigurationFixture {
        var fixture = ConfigurationFixture(
            whole: """
                {\(members) mmscs: [{name: "north", url: "\(url)", tls: {\(tls)}}],
                 routes: [{prefix: "", mmscs: ["north"]}]}
                """)
        for name in ["authority", "client", "client-key", "client-key-encrypted", "foreign-client-key"] {
            fixture.files["/etc/gateway/\(name).pem"] = try ConfigurationFixture.pem(name)
        }
        fixture.files["/etc/gateway/note.txt"] = "no certificate"
        return fixture
    }

    @Test("what is not said of anybody is as the system has it, from TLS 1.2 on")
    func defaults() throws {
        let configuration = try ConfigurationFixture().load()

        #expect(configuration.trust == TLSTrust())
        #expect(configuration.directory.mmscs["north"]?.trust == TLSTrust())
        #expect(configuration.directory.mmscs["north"]?.authentication == .basic)
    }

    @Test("paths are taken from the folder of the file, and a section says what it has in place of the general one")
    func sections() throws {
        let all =
            #"tls: {ca_file: "authority.pem", minimum_version: "1.3"}, webhooks: {tls: {minimum_version: "1.2"}},"#
        let mmsc =
            #"ca_folder: "/", client_certificate: "client.pem", client_key: "client-key.pem", pin: "\#(Self.pin)""#
        let (configuration, session) = try fixture(mmsc, besides: all).read()

        let trust = try #require(configuration.directory.mmscs["north"]?.trust)
        #expect(trust.authorityFile == nil)
        #expect(trust.authorityFolder == "/")
        #expect(trust.minimumVersion == .tls13)
        #expect(trust.pins == [PublicKeyPin(Self.pin)].compactMap(\.self))
        #expect(
            trust.identity
                == .init(certificateFile: "/etc/gateway/client.pem", keyFile: "/etc/gateway/client-key.pem"))
        #expect(configuration.media.trust.authorityFile == "/etc/gateway/authority.pem")
        #expect(configuration.media.trust.minimumVersion == .tls13)
        #expect(configuration.webhooks.trust.authorityFile == "/etc/gateway/authority.pem")
        #expect(configuration.webhooks.trust.minimumVersion == .tls12)
        // A folder without a name of a hash is of no use to OpenSSL.
        #expect(session.faults.map(\.path) == ["mmscs[0].tls.ca_folder"])
    }

    @Test(
        "every fault names its key",
        arguments: [
            (
                #"ca_file: "absent.pem""#,
                "mmscs[0].tls.ca_file: cannot read /etc/gateway/absent.pem: there is no such file"
            ),
            (#"ca_file: "note.txt""#, "mmscs[0].tls.ca_file: note.txt has no certificate in PEM"),
            (
                #"ca_folder: "/no/such/folder""#,
                "mmscs[0].tls.ca_folder: cannot read /no/such/folder: it is not a readable folder"
            ),
            (
                #"client_certificate: "client.pem""#,
                "mmscs[0].tls.client_key: is missing; a client certificate needs its key"
            ),
            (
                #"client_key: "client-key.pem""#,
                "mmscs[0].tls.client_certificate: is missing; a client key is for a certificate"
            ),
            (
                #"client_certificate: "client.pem", client_key: "foreign-client-key.pem""#,
                "mmscs[0].tls.client_key: is not the key of client_certificate"
            ),
            (
                #"client_certificate: "client.pem", client_key: "note.txt""#,
                "mmscs[0].tls.client_key: is no private key in PEM"
            ),
            (
                #"client_certificate: "client.pem", client_key: "client-key-encrypted.pem""#,
                "mmscs[0].tls.client_key: is encrypted; give client_key_passphrase"
            ),
            (
                #"client_certificate: "client.pem", client_key: "client-key-encrypted.pem", client_key_passphrase: "no""#,
                "mmscs[0].tls.client_key: cannot be opened with client_key_passphrase"
            ),
            (
                #"client_certificate: "client.pem", client_key: "absent.pem""#,
                "mmscs[0].tls.client_key: cannot read /etc/gateway/absent.pem: there is no such file"
            ),
            (
                #"client_key_passphrase: "open sesame""#,
                "mmscs[0].tls.client_key_passphrase: is not used: client_key is missing"
            ),
            (#"minimum_version: "1.1""#, #"mmscs[0].tls.minimum_version: must be one of "1.2", "1.3""#),
            (
                #"pin: "sha256//short""#,
                #"mmscs[0].tls.pin: must be "sha256//" and the Base64 of a public key's SHA-256, or several with ";" between"#
            ),
        ])
    func faults(tls: String, fault: String) throws {
        #expect(try fixture(tls).faults() == [fault])
    }

    @Test("all that is wrong with one section is named at once")
    func faultsOfOneSection() throws {
        let tls =
            #"ca_file: "note.txt", client_certificate: "absent.pem", client_key: "note.txt", minimum_version: "1.1", pin: 3"#

        #expect(
            try fixture(tls).faults() == [
                "mmscs[0].tls.ca_file: note.txt has no certificate in PEM",
                "mmscs[0].tls.client_certificate: cannot read /etc/gateway/absent.pem: there is no such file",
                "mmscs[0].tls.client_key: is no private key in PEM",
                #"mmscs[0].tls.minimum_version: must be one of "1.2", "1.3""#,
                #"mmscs[0].tls.pin: must be "sha256//" and the Base64 of a public key's SHA-256, or several with ";" between, not 3"#,
            ])
    }

    @Test("HTTP Digest without a login is a fault, wherever the login could be")
    func digest() {
        func faults(_ members: String) -> [String] {
            ConfigurationFixture(
                whole: """
                    {mmscs: [{name: "north", url: "http://mmsc/mm7", authentication: "digest", \(members)}],
                     routes: [{prefix: "", mmscs: ["north"]}]}
                    """
            ).faults()
        }

        #expect(
            faults("") == ["mmscs[0].basic_auth: is missing; HTTP Digest needs its username and password"])
        #expect(faults(#"basic_auth: {username: "u", password: "p"}"#) == [])
        #expect(faults(#"basic_auth: "u:p""#) == [#"mmscs[0].basic_auth: must be an object in braces, not a string"#])
    }

    @Test("an encrypted key is opened with its passphrase, which is not shown")
    func encrypted() throws {
        let tls =
            #"client_certificate: "client.pem", client_key: "client-key-encrypted.pem", client_key_passphrase: "open sesame""#
        let configuration = try fixture(tls).load()

        #expect(configuration.directory.mmscs["north"]?.trust?.identity?.passphrase == "open sesame")
        #expect(!configuration.description.contains("sesame"))
    }

    @Test("a section for an address without TLS is a fault")
    func plain() throws {
        #expect(
            try fixture("", url: "http://mmsc.example/mm7").faults()
                == ["mmscs[0].tls: is for https, but url begins with http://"])
    }

    @Test("a client certificate that has expired is no fault, and is named")
    func expired() throws {
        var fixture = try fixture(#"client_certificate: "client-expired.pem", client_key: "client-key.pem""#)
        fixture.files["/etc/gateway/client-expired.pem"] = try ConfigurationFixture.pem("client-expired")
        let configuration = try fixture.load()
        let read = { [files = fixture.files] (path: String) in Data((files[path] ?? "").utf8) }

        #expect(
            configuration.notesOnClientCertificates(at: Date(timeIntervalSince1970: 1_800_000_000), read: read)
                == [
                    "client_certificate of the MMSC north has expired on 2025-02-01T00:00:00Z: the MMSC refuses it"
                ])
        #expect(
            configuration.notesOnClientCertificates(at: Date(timeIntervalSince1970: 1_736_000_000), read: read) == [])
    }

    @Test("a certificate says when it expires")
    func expiry() throws {
        let date = PEMFile.expiry(of: Data(try ConfigurationFixture.pem("client-expired").utf8))

        #expect(date == Date(timeIntervalSince1970: 1_738_368_000))
        #expect(PEMFile.expiry(of: Data("nothing".utf8)) == nil)
    }
}
