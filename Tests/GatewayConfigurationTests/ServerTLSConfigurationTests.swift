import ConfigurationReading
import FoundationEssentials
import HTTPServing
import Testing
import Trust

@testable import GatewayConfiguration

@Suite("TLS of the servers")
struct ServerTLSConfigurationTests {
    private func fixture(_ members: String, certificate: String = "server") throws -> ConfigurationFixture {
        var fixture = ConfigurationFixture(members)
        fixture.files["/etc/gateway/server.pem"] = try ConfigurationFixture.certificate(certificate)
        fixture.files["/etc/gateway/key.pem"] = try ConfigurationFixture.certificate("server-key")
        fixture.files["/etc/gateway/clients.pem"] = try ConfigurationFixture.certificate("clients")
        return fixture
    }

    @Test("is off, unless a certificate and its key are named")
    func off() throws {
        let configuration = try ConfigurationFixture().load()

        #expect(configuration.server.tls == nil)
        #expect(configuration.server.linkBase == "http://0.0.0.0:8080")
    }

    @Test("takes relative paths from the folder of the file, and offers HTTP/2 to customers alone")
    func paths() throws {
        let tls =
            #"tls: {certificate: "server.pem", key: "key.pem", client_ca: "clients.pem","#
            + #" client_certificates: "optional", minimum_version: "1.3"}"#
        let configuration = try fixture("server: {\(tls)}, mm7: {\(tls)}, operations: {\(tls)},").load()

        let settings = try #require(configuration.server.tls?.settings)
        #expect(settings.certificate == "/etc/gateway/server.pem")
        #expect(settings.clientCA == "/etc/gateway/clients.pem")
        #expect(settings.clientCertificates == .optional)
        #expect(settings.minimumVersion == .tls13)
        #expect(settings.offersHTTP2)
        #expect(configuration.mm7.tls?.settings.offersHTTP2 == false)
        #expect(configuration.operations.tls?.settings.offersHTTP2 == false)
        #expect(configuration.server.linkBase == "https://0.0.0.0:8080")
    }

    @Test("names all faults at once, each with its key, its file and the reason")
    func faults() throws {
        let faults = try fixture(
            """
            server: {tls: {certificate: "absent.pem", key: "server.pem"}},
            mm7: {tls: {certificate: "server.pem", key: "key.pem", client_certificates: "required"}},
            operations: {tls: {certificate: "server.pem"}},
            """
        ).faults()

        #expect(
            faults == [
                "server.tls.certificate: cannot read /etc/gateway/absent.pem: there is no such file",
                "server.tls.key: /etc/gateway/server.pem has no private key in PEM form",
                "mm7.tls.client_ca: is missing; client certificates are checked by it",
                "operations.tls.key: is missing; give a string that is not empty",
            ])
    }

    @Test(
        "names all that is wrong with one section at once, and nothing that is not",
        arguments: [
            (
                #"certificate: "server.pem", key: "foreign.pem", minimum_version: "1.1", client_ca: "absent.pem", client_certificates: "required""#,
                [
                    #"minimum_version: must be one of "1.2", "1.3""#,
                    "client_ca: cannot read /etc/gateway/absent.pem: there is no such file",
                    "key: /etc/gateway/foreign.pem does not match the first certificate in /etc/gateway/server.pem",
                ]
            ),
            (
                #"certificate: "server.pem", key: "key.pem", client_ca: "clients.pem", client_certificates: "maybe""#,
                [#"client_certificates: must be one of "none", "optional", "required""#]
            ),
            (
                #"certificate: "server.pem", key: "key.pem", client_ca: "absent.pem", client_certificates: true"#,
                [
                    #"client_certificates: must be one of "none", "optional", "required", not true"#,
                    "client_ca: cannot read /etc/gateway/absent.pem: there is no such file",
                ]
            ),
            (
                #"client_ca: "absent.pem", client_certificates: "required""#,
                [
                    "certificate: is missing; give a string that is not empty",
                    "key: is missing; give a string that is not empty",
                    "client_ca: cannot read /etc/gateway/absent.pem: there is no such file",
                ]
            ),
            (
                #"key: "server.pem", client_certificates: "optional""#,
                [
                    "certificate: is missing; give a string that is not empty",
                    "key: /etc/gateway/server.pem has no private key in PEM form",
                    "client_ca: is missing; client certificates are checked by it",
                ]
            ),
        ])
    func faultsOfOneSection(tls: String, faults: [String]) throws {
        var fixture = try fixture("mm7: {tls: {\(tls)}},")
        fixture.files["/etc/gateway/foreign.pem"] = try ConfigurationFixture.pem("foreign-client-key")

        #expect(Set(fixture.faults()) == Set(faults.map { "mm7.tls.\($0)" }))
        #expect(fixture.faults().count == faults.count)
    }

    @Test("an expired certificate does not keep the gateway from starting, and the check says so")
    func expired() throws {
        let text = #"server: {tls: {certificate: "server.pem", key: "key.pem"}},"#
        let configuration = try fixture(text, certificate: "expired").load()

        let notes = configuration.notesOnCertificates(at: Date(timeIntervalSince1970: 1_800_000_000))
        #expect(notes == ["server.tls.certificate has expired on 2026-02-01T00:00:00Z: peers refuse it"])
        #expect(configuration.notesOnCertificates(at: Date(timeIntervalSince1970: 1_769_000_000)) == [])
    }

    @Test("is checked on another machine where all of its files are here, and else those that are not are listed")
    func elsewhere() throws {
        let text = #"server: {tls: {certificate: "server.pem", key: "server.pem"}},"#
        let faults = #expect(throws: ConfigurationFaults.self) { try fixture(text).load(for: .checkingElsewhere) }
        #expect(faults?.description == "server.tls.key: /etc/gateway/server.pem has no private key in PEM form")

        let absent = #"server: {tls: {certificate: "server.pem", key: "absent.pem"}},"#
        let configuration = try fixture(absent).load(for: .checkingElsewhere)
        #expect(
            configuration.description.contains(
                "// not checked: server.tls.key: cannot read /etc/gateway/absent.pem: there is no such file"))
    }

    @Test("who only looks at a gateway need not read its key")
    func looking() throws {
        var fixture = try fixture(#"server: {tls: {certificate: "server.pem", key: "key.pem"}},"#)
        fixture.files["/etc/gateway/key.pem"] = nil

        let tls = try #require(try fixture.load(for: .looking).server.tls)
        #expect(tls.settings.key == "/etc/gateway/key.pem")
        #expect(tls.material == nil)
    }
}
