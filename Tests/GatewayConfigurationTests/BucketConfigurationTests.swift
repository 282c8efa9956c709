import Foundation
import GatewayCore
import Testing
import Trust

@testable import GatewayConfiguration

@Suite("The bucket of a service plan")
struct BucketConfigurationTests {
    private static let least =
        "endpoint: 'http://s3:9000/', region: 'eu-1', bucket: 'media', access_key_id: 'AKID', secret_access_key: 'hush'"

    private func fixture(_ storage: String, environment: [String: String] = [:]) -> ConfigurationFixture {
        ConfigurationFixture(
            "service_plans: [{id: 'p', api_tokens: ['t'], storage: {\(storage)}}],", environment: environment)
    }

    private func bucket(_ fixture: ConfigurationFixture) throws -> Bucket? {
        try fixture.load().directory.servicePlans["p"]?.customer.storage
    }

    @Test("a plan without storage has no bucket")
    func absent() throws {
        let fixture = ConfigurationFixture("service_plans: [{id: 'p', api_tokens: ['t']}],")

        #expect(try bucket(fixture) == nil)
    }

    @Test("what it takes at least, with the defaults")
    func least() throws {
        var expected = Bucket(
            endpoint: "http://s3:9000", region: "eu-1", name: "media", accessKeyID: "AKID",
            secretAccessKey: Secret("hush"))
        expected.trust = TLSTrust()

        #expect(try bucket(fixture(Self.least)) == expected)
        #expect(expected.prefix == "" && expected.publicURL == nil && expected.timeout == .seconds(30))
    }

    @Test("all that can be said of it")
    func most() throws {
        let most = """
            endpoint: 'https://s3.example.net', region: 'eu-1', bucket: 'my_media', prefix: 'in/mms-', access_key_id: 'A',
            secret_access_key: '${KEY}', public_url: 'https://media.example.net/', timeout: '5s'
            """

        var expected = Bucket(
            endpoint: "https://s3.example.net", region: "eu-1", name: "my_media", prefix: "in/mms-", accessKeyID: "A",
            secretAccessKey: Secret("hush"), publicURL: "https://media.example.net", timeout: .seconds(5))
        expected.trust = TLSTrust()
        #expect(try bucket(fixture(most, environment: ["KEY": "hush"])) == expected)
    }

    @Test("what is in force is printed without the secret")
    func masked() throws {
        let text = try "\(fixture(Self.least).load())"

        #expect(text.contains(#"access_key_id: "AKID""#) && text.contains(#"secret_access_key: "•••""#))
        #expect(!text.contains("hush"))
    }

    @Test("what is missing is named")
    func missing() {
        let faults = fixture("region: 'eu-1'").faults()

        let places = ["access_key_id", "bucket", "endpoint", "secret_access_key"]
        #expect(faults.count == places.count)
        for place in places {
            #expect(faults.contains { $0.hasPrefix("service_plans[0].storage.\(place): is missing") }, "\(faults)")
        }
    }

    @Test(
        "what could not be signed, or would become another address, is a fault",
        arguments: [
            ("endpoint: 'https://s3.example.net?a=b'", "endpoint: must be an http or https URL"),
            ("endpoint: 's3.example.net'", "endpoint: must be an http or https URL"),
            ("region: 'eu/1'", "region: must be a region"), ("bucket: 'me'", "bucket: must be the name of a bucket"),
            ("bucket: 'me/dia'", "bucket: must be"), ("bucket: '...'", "bucket: must be"),
            ("prefix: '/mms'", "prefix: must be up to 512 letters"), ("prefix: 'a//b'", "prefix: must be"),
            ("prefix: '../'", "prefix: must be"), ("prefix: 'a/./b'", "prefix: must be"), ("prefix: 'ä'", "prefix:"),
            ("access_key_id: 'a:b'", "access_key_id: must be"), ("secret_access_key: ''", "secret_access_key: must be"),
            ("public_url: 'ftp://x'", "public_url: must be"), ("timeout: '11m'", "timeout: must be a duration"),
            ("keys: 1", "keys: is not a known key"),
        ])
    func faulty(member: String, expected: String) {
        let key = member.prefix { $0 != ":" }
        let others = Self.least.components(separatedBy: ", ").filter { !$0.hasPrefix("\(key):") }

        let faults = fixture((others + [member]).joined(separator: ", ")).faults()

        #expect(faults.count == 1 && faults[0].hasPrefix("service_plans[0].storage.\(expected)"), "\(faults)")
    }
}
