import GatewayCore
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

    @Test("a shared bucket is for gateways that share a database, and for nobody who has a shared folder")
    func sharedStorage() throws {
        let bucket = """
            shared_storage: {endpoint: "https://s3.example.net", region: "eu-1", bucket: "mms", prefix: "gateway/",
              access_key_id: "AKID", secret_access_key: "hush"}
            """
        let store = #"store: {postgresql: "service=gateway"},"#

        let media = try ConfigurationFixture("media: {\(bucket)}, \(store)").load().media

        #expect(media.sharedStorage?.url(of: "key") == "https://s3.example.net/mms/key")
        #expect(media.sharedStorage?.prefix == "gateway/" && media.sharedStorage?.secretAccessKey.reveal() == "hush")
        #expect(
            ConfigurationFixture("media: {\(bucket)},").faults() == [
                "store.postgresql: is needed with media.shared_storage: only gateways that share a database share a bucket of media"
            ])
        #expect(
            ConfigurationFixture(#"media: {shared_directory: "/srv/media", \#(bucket)}, \#(store)"#).faults() == [
                "media.shared_storage: and media.shared_directory are two places for the same media; choose one"
            ])
        #expect(
            ConfigurationFixture(#"media: {shared_storage: {public_url: "https://a.example"}}, \#(store)"#).faults()
                .contains { $0.hasPrefix("media.shared_storage.public_url: ") })
    }
}
