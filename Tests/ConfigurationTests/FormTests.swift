import GatewayCore
import MM7
import Testing

@testable import mm7_gateway

@Suite("Forms of values")
struct FormTests {
    @Test(
        "durations",
        arguments: [
            ("5s", .seconds(5)), ("250ms", .milliseconds(250)), ("2m", .seconds(120)), ("1h", .seconds(3600)),
            ("3d", .seconds(259_200)), ("0s", .zero), ("81920s", .seconds(81920)), ("", nil), ("5", nil), ("s", nil),
            ("-5s", nil), ("1.5s", nil), ("5 s", nil), ("5S", nil), ("5w", nil), ("٥s", nil),
            ("99999999999999999999s", nil), ("9223372036854775807d", nil),
        ] as [(String, Duration?)])
    func durations(text: String, expected: Duration?) {
        #expect(Duration(text: text) == expected)
    }

    @Test("a duration prints in its longest unit", arguments: ["250ms", "81920s", "1m", "90s", "36h", "3d", "0s"])
    func printedDurations(text: String) {
        #expect(Duration(text: text)?.text == text)
    }

    @Test(
        "sizes",
        arguments: [
            ("600kB", 600_000), ("1MB", 1_000_000), ("10MiB", 10_485_760), ("1KiB", 1024), ("2GB", 2_000_000_000),
            ("1GiB", 1 << 30), ("17", 17), ("17B", 17), ("", nil), ("MB", nil), ("1mb", nil), ("1.5MB", nil),
            ("1 MB", nil), ("-1", nil), ("9223372036854775807kB", nil),
        ] as [(String, Int?)])
    func sizes(text: String, expected: Int?) {
        #expect(ByteSize(text)?.bytes == expected)
    }

    @Test("a size prints in its largest unit", arguments: ["600kB", "1MB", "10MiB", "1023B", "0B", "1GiB"])
    func printedSizes(text: String) {
        #expect(ByteSize(text)?.description == text)
    }

    @Test(
        "addresses to listen at",
        arguments: [
            ("127.0.0.1:9090", "127.0.0.1", 9090), (":8080", "0.0.0.0", 8080), ("[::1]:8080", "::1", 8080),
            ("[::]:0", "::", 0), ("localhost:65535", "localhost", 65535),
        ])
    func listening(text: String, host: String, port: Int) {
        #expect(ListenAddress(text) == ListenAddress(host: host, port: port))
        #expect(ListenAddress(text).map { ListenAddress($0.description) } == ListenAddress(text))
    }

    @Test(
        "no addresses to listen at",
        arguments: [
            "", "8080", ":", "host:", ":65536", ":-1", "::1:80", "[::1]", "[host]:80", "a b:80", "http://h:80", ":+1",
        ])
    func notListening(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(
        "URLs",
        arguments: [
            ("https://host/path?x=1", true), ("HTTP://host", true), ("http://[::1]:80/", true),
            ("http://host:0/", false),
            ("host/path", false), ("ftp://host/", false), ("http:///path", false), ("http://u@host/", false),
            ("http://u:p@host/", false), ("http://host/#x", false), ("http://ho st/", false), ("http://höst/", true),
            ("http://host:99999/", false), ("", false),
        ])
    func urls(text: String, fits: Bool) {
        #expect((Form.webURL().parse(.string(text)) != nil) == fits)
    }

    @Test("a word within two edits is suggested", arguments: [("lisen", "listen"), ("urll", "url"), ("portt", nil)])
    func suggestions(word: String, expected: String?) {
        #expect(Suggestion.nearest(to: word, among: ["listen", "url", "ab"]) == expected)
    }

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
