import Testing

@testable import GatewayConfiguration

@Suite("Links to media, as configured")
struct HostingConfigurationTests {
    @Test("without a public URL links begin with where the gateway listens")
    func base() throws {
        var configuration = Configuration()
        #expect(configuration.server.linkBase == "http://0.0.0.0:8080")
        #expect(
            configuration.description.contains("// server.public_url is not set: links to media begin with http://"))

        configuration.server.publicURL = "https://mms.example.net"
        #expect(configuration.server.linkBase == "https://mms.example.net")
        #expect(!configuration.description.contains("public_url is not set"))
    }

    @Test("links that outlive their files are a fault, and so are short keys")
    func faults() {
        #expect(
            ConfigurationFixture(#"media: {hosting: {link_life: "2d"}, retention: {age: "1d"}},"#).faults() == [
                "media.hosting.link_life: must not be longer than media.retention.age, which is 1d"
            ])
        #expect(ConfigurationFixture(#"media: {hosting: {keys: ["short"]}},"#).faults().count == 1)
    }

    @Test("a shared folder is for gateways that share a database")
    func sharedDirectory() {
        let media = #"media: {shared_directory: "/srv/media"},"#
        #expect(
            ConfigurationFixture(media).faults() == [
                "store.postgresql: is needed with media.shared_directory: only gateways that share a database share a folder of media"
            ])
        #expect(ConfigurationFixture(media + #"store: {postgresql: "service=gateway"},"#).faults() == [])
    }
}
