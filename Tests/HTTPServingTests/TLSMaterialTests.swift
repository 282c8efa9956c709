import Foundation
import HTTPServing
import Testing

@Suite("The files of a listener's certificate")
struct TLSMaterialTests {
    private func faults(_ settings: TLSSettings) -> [String] {
        do throws(TLSFileFaults) {
            _ = try TLSMaterial(settings)
            return []
        } catch {
            return error.faults.map { fault in
                let folder = (TLSFixture.path("server") as NSString).deletingLastPathComponent
                return "\(fault.key.rawValue) \(fault.text)".replacing(folder, with: "…")
            }
        }
    }

    @Test("that belong together have none, and say how long they count")
    func whole() throws {
        let material = try TLSMaterial(TLSFixture.settings())

        #expect(material.validity(at: Date(timeIntervalSince1970: 1_800_000_000)) == .valid)
        #expect(material.validity(at: Date(timeIntervalSince1970: 1_000_000_000)) == .notYet)
        #expect(material.validity(at: material.notAfter) == .expired)
    }

    @Test("all faults are named at once, with the file and the reason")
    func several() {
        var settings = TLSFixture.settings("absent", key: "encrypted-key")
        settings.clientCertificates = .required
        settings.clientCA = TLSFixture.path("client-key")

        #expect(
            faults(settings) == [
                "certificate cannot read absent: there is no such file",
                "key …/encrypted-key.pem needs a passphrase, and nobody is there to type it; store it without one",
                "client_ca …/client-key.pem has no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----",
            ])
    }

    @Test("a key that is another's, or no key")
    func keys() {
        #expect(
            faults(TLSFixture.settings(key: "renewed-key")) == [
                "key …/renewed-key.pem does not match the first certificate in …/server.pem"
            ])
        #expect(faults(TLSFixture.settings(key: "server")) == ["key …/server.pem has no private key in PEM form"])
    }

    @Test("a chain in the wrong order is told from a wrong key")
    func order() async throws {
        try await TLSFixture.withFolder(of: [:]) { folder in
            let chain = try ["authority", "server"].map { try Data(contentsOf: URL(filePath: TLSFixture.path($0))) }
            try (chain[0] + chain[1]).write(to: URL(filePath: "\(folder)/chain.pem"))
            var settings = TLSFixture.settings()
            settings.certificate = "\(folder)/chain.pem"

            #expect(
                faults(settings) == [
                    "certificate \(folder)/chain.pem has the certificate of the key in place 2; it comes first"
                ])
        }
    }

    @Test("authorities of clients are those of a file or of a folder, and are there where they are needed")
    func authorities() async throws {
        try await TLSFixture.withFolder(of: ["a.pem": "clients", "b.crt": "strangers", "c.txt": "client-key"]) {
            folder in
            var settings = TLSFixture.settings()
            settings.clientCertificates = .optional
            #expect(faults(settings) == ["client_ca is missing; client certificates are checked by it"])

            settings.clientCA = folder
            #expect(faults(settings) == [])

            settings.clientCertificates = .none
            #expect(faults(settings) == ["client_ca is not used: client_certificates is none"])
        }
    }
}
