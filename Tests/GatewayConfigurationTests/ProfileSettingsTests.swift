import GatewayCore
import MM7
import Testing

@testable import GatewayConfiguration

@Suite("The profile of an MMSC, as configured")
struct ProfileSettingsTests {
    @Test("a schema given by its namespace brings its version and leaves out what it lacks")
    func schema() throws {
        let namespace = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-5-MM7-1-0"

        let configuration = try ConfigurationFixture(
            whole: """
                {mmscs: [{name: "a", url: "http://a/", namespace: "\(namespace)"},
                         {name: "b", url: "http://b/", profile: "sinch", version: "5.3.0"}],
                 routes: [{prefix: "", mmscs: ["a", "b"]}]}
                """
        ).load()

        let (a, b) = (configuration.directory.mmscs["a"]?.profile, configuration.directory.mmscs["b"]?.profile)
        #expect(a?.namespace == namespace && a?.version == "5.3.0" && a?.hasPlainSender == true)
        #expect(a?.elements.contains(.contentClass) == false)
        #expect(b?.name == "sinch" && b?.version == "5.3.0")
    }

    @Test("single settings of a profile are changed, the others stay")
    func profileSettings() throws {
        let configuration = try ConfigurationFixture(
            whole: """
                {mmscs: [{name: "a", url: "http://a/", profile: "sinch", profile_settings: {
                     namespace_style: "prefixed_root", transfer_encoding: "base64", presentation: "none",
                     media_reference: "name", address_form: "type_plmn", plain_sender: true, expiry_form: "as_given",
                     subject_form: "encoded_words", soap_action: "", write: ["LinkedID"], omit: ["Priority"],
                     operations: ["submit", "cancel"],
                     status_codes: [{code: 6102, disposition: "permanent"}, {code: 3000, disposition: "retry_limited"}]}}],
                 routes: [{prefix: "", mmscs: ["a"]}]}
                """
        ).load()

        var expected = Profile.sinch
        expected.namespaceStyle = .prefixedRoot
        expected.transferEncoding = .base64
        expected.presentation = .none
        expected.mediaReference = .name
        expected.addressForm = .typePLMN
        expected.hasPlainSender = true
        expected.expiryForm = .asGiven
        expected.subjectForm = .encodedWords
        expected.soapAction = ""
        expected.operations = [.submit, .cancel]
        expected.elements.insert(.linkedID)
        expected.elements.remove(.priority)
        expected.dispositions[StatusCode(rawValue: 6102)] = .permanent
        expected.dispositions[StatusCode(rawValue: 3000)] = .retryLimited
        #expect(configuration.directory.mmscs["a"]?.profile == expected)
    }

    @Test("every property of a profile can be changed, but for those that tell one peer from another")
    func complete() throws {
        let configuration = try ConfigurationFixture(
            whole: """
                {mmscs: [{name: "a", url: "http://a/", profile: "sinch", namespace: "urn:other", version: "5.3.0",
                    profile_settings: {
                     namespace_style: "prefixed_root", transfer_encoding: "base64", presentation: "none",
                     media_reference: "name", address_form: "type_plmn", plain_sender: true, expiry_form: "as_given",
                     subject_form: "encoded_words", soap_action: "", answers_must_match: true, omit: ["Priority"],
                     operations: ["submit", "cancel"], status_codes: [{code: 6102, disposition: "permanent"}]}}],
                 routes: [{prefix: "", mmscs: ["a"]}]}
                """
        ).load()
        let changed = try #require(configuration.directory.mmscs["a"]?.profile)

        let unchanged = zip(Mirror(reflecting: Profile.sinch).children, Mirror(reflecting: changed).children)
            .filter { String(reflecting: $0.value) == String(reflecting: $1.value) }.compactMap(\.0.label)
        #expect(unchanged == ["name", "recipientsPerRequest", "reasons", "carrierHeader"])
    }

    @Test("without settings the profile is the known one, and a relay of another release keeps what it leaves out")
    func otherRelease() throws {
        let namespace = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-3"

        let configuration = try ConfigurationFixture(
            whole: """
                {mmscs: [{name: "a", url: "http://a/", profile: "sinch"},
                         {name: "b", url: "http://b/", profile: "mbuni", namespace: "\(namespace)"},
                         {name: "c", url: "http://c/", profile: "sinch", namespace: "\(namespace)"}],
                 routes: [{prefix: "", mmscs: ["a"]}]}
                """
        ).load()

        let profiles = configuration.directory.mmscs.mapValues(\.profile)
        #expect(profiles["a"] == .sinch)
        #expect(profiles["b"]?.elements == .release6)
        #expect(profiles["c"]?.elements == Profile.sinch.elements && profiles["c"]?.version == "6.6.0")
    }
}
