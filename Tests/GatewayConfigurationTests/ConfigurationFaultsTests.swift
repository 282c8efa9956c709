import ConfigurationReading
import Testing

@testable import GatewayConfiguration

@Suite("Faults of a configuration")
struct ConfigurationFaultsTests {
    @Test("all faults are reported at once, each with its key")
    func allAtOnce() {
        let fixture = ConfigurationFixture(
            whole: """
                {
                  server: {listen: "8080", lisen: ":8080"},
                  media: {limit: "1 megabyte", tries: 0},
                  service_plans: [
                    {id: "a", api_tokens: ["t1"]},
                    {id: "a", api_tokens: ["t2", "t1"], callback_url: "ftp://host/"},
                  ],
                  mmscs: [{name: "north", url: "http://mmsc/"}, {name: "south", profile: "siemens"}],
                  routes: [{prefix: "1", mmscs: ["nort"]}],
                }
                """)

        let faults = fixture.faults()

        #expect(
            faults == [
                #"server.listen: must be "host:port", "[IPv6 address]:port" or ":port""#,
                #"server.lisen: is not a known key"#,
                #"service_plans[1].id: is the same as service_plans[0].id; give each plan its own"#,
                "service_plans[1].api_tokens[1]: is the same as service_plans[0].api_tokens[0]; a token tells one plan "
                    + "from all others, so make a new one",
                "service_plans[1].callback_url: must be an http or https URL of at most 2048 characters, without user, "
                    + "password and fragment",
                "mmscs[1].url: is missing; give an http or https URL of at most 2048 characters, without user, password "
                    + "and fragment",
                #"mmscs[1].profile: must be one of "standard", "sinch", "mbuni", "nowsms", "openwave""#,
                #"routes[0].mmscs[0]: names "nort", but no entry of mmscs has this name; did you mean "north"?"#,
                #"media.limit: must be a size such as "600kB", "1MB", "10MiB" or a number of bytes, from 1kB to 100MB"#,
                "media.tries: must be a whole number from 1 to 100, not 0",
            ])
        #expect(throws: ConfigurationFaults.self) { try fixture.load() }
    }

    @Test(
        "a fault names the key, the matter and the way out",
        arguments: [
            ("serverr: {},", #"serverr: is not a known key; did you mean "server"?"#),
            ("frobnicate: 1,", "frobnicate: is not a known key"),
            ("server: [],", "server: must be an object in braces, not a list"),
            ("server: null,", "server: must be an object in braces, not null"),
            ("data_directory: 5,", "data_directory: must be a string that is not empty, not 5"),
            ("data_directory: '',", "data_directory: must be a string that is not empty"),
            ("egress: {allow: '10.0.0.0/8'},", "egress.allow: must be a list in brackets, not a string"),
            (
                "egress: {allow: ['10.0.0.0/33']},",
                #"egress.allow[0]: must be an IP address or a block such as "10.0.0.0/8""#
            ),
            ("log: {level: 'loud'},", "log.level: must be one of"),
            ("media: {tries: 1.5},", "media.tries: must be a whole number from 1 to 100, not 1.5"),
            ("media: {tries: '3'},", "media.tries: must be a whole number from 1 to 100"),
            ("webhooks: {timeout: 15},", "webhooks.timeout: must be a duration such as"),
            ("webhooks: {timeout: '15'},", "webhooks.timeout: must be a duration such as"),
            ("webhooks: {timeout: '1d'},", "webhooks.timeout: must be a duration such as"),
            (
                "webhooks: {first_delay: '1h', last_delay: '1m'},",
                "webhooks.last_delay: must not be shorter than first_delay, which is 1h"
            ),
            ("mm7: {listen: ':8080'},", "mm7.listen: takes the port of server.listen; give each server its own"),
            ("service_plans: [{api_tokens: ['t']}],", "service_plans[0].id: is missing; give 1 to 64 letters"),
            ("service_plans: [{id: 'p'}],", "service_plans[0].api_tokens: is missing; give a list of at least 1"),
            (
                "service_plans: [{id: 'p', api_tokens: []}],",
                "service_plans[0].api_tokens: must have at least 1 entry"
            ),
            (
                "service_plans: [{id: 'p', api_tokens: ['']}],",
                "service_plans[0].api_tokens[0]: must be a string that is not empty"
            ),
            (
                "service_plans: [{id: 'p', api_tokens: ['t'], numbers: ['004', 'news']}],",
                "service_plans[0].numbers[1]: must be a number or short code in digits"
            ),
            (
                #"service_plans: [{id: 'p', api_tokens: ['t'], callback_headers: [{name: 'X', value: 'a\nb'}]}],"#,
                "service_plans[0].callback_headers[0].value: cannot be sent: header X has a control character"
            ),
            (
                "service_plans: [{id: 'p', api_tokens: ['t'], callback_headers: [{name: 'Expect', value: 'a'}]}],",
                "service_plans[0].callback_headers[0].name: must be the name of a header other than those"
            ),
            (
                "service_plans: [{id: 'p', api_tokens: ['t'], callback_headers: [{name: 'Host', value: 'a'}]}],",
                "service_plans[0].callback_headers[0].name: must be the name of a header other than those"
            ),
            (
                #"service_plans: [{id: 'p', api_tokens: ['t'], callback_basic_auth: {username: 'a', password: '\u0001'}}],"#,
                "service_plans[0].callback_basic_auth.password: cannot be sent"
            ),
            (
                "service_plans: [{id: 'p', api_tokens: ['t'], callback_url: 'http://a|b/'}],",
                "service_plans[0].callback_url: must be an http or https URL"
            ),
            (
                """
                service_plans: [{id: 'p', api_tokens: ['t'], numbers: ['12025550100']},
                                {id: 'q', api_tokens: ['u'], numbers: ['+1 202 555 0100']}],
                """,
                "service_plans[1].numbers[0]: is the same as service_plans[0].numbers[0]"
            ),
            (
                "projects: [{id: 'p', access_keys: [{id: 'k', secret: 's'}], apps: [{id: 'a', webhooks: "
                    + "[{target: 'http://t/', triggers: ['MESSAGE_INBOX']}]}]}],",
                "projects[0].apps[0].webhooks[0].triggers[0]: must be one of"
            ),
            (
                "projects: [{id: 'p', access_keys: [{id: 'k', secret: 's'}], apps: [{id: 'a', account: 'A1'}]}],",
                #"projects[0].apps[0].account: names "A1", but there is no channel_credentials file"#
            ),
        ])
    func single(members: String, expected: String) {
        let faults = ConfigurationFixture(members).faults()

        #expect(faults.count == 1 && faults[0].hasPrefix(expected), "\(faults)")
    }

    @Test(
        "faults of MMSCs and routes",
        arguments: [
            (
                "", "[{prefix: '1', mmscs: ['north']}, {prefix: '1', mmscs: ['north']}]",
                "routes[1].prefix: is the same as"
            ),
            ("", "[{prefix: '+1', mmscs: ['north']}]", "routes[0].prefix: must be the leading digits"),
            ("", "[{prefix: '', mmscs: []}]", "routes[0].mmscs: must have at least 1 entry"),
            ("", "[]", "routes: must have at least 1 entry"),
            ("max_in_flight: 0", nil, "mmscs[0].max_in_flight: must be a whole number from 1 to 10000, not 0"),
            (
                "messages_per_second: 0", nil,
                "mmscs[0].messages_per_second: must be a number from 0.01 to 100000, not 0"
            ),
            ("messages_per_second: Infinity", nil, "mmscs[0].messages_per_second: must be a number"),
            ("on_lost_answer: 'retry'", nil, #"mmscs[0].on_lost_answer: must be one of "resend", "fail""#),
            ("version: '6.8'", nil, "mmscs[0].version: must be three numbers with dots between"),
            (
                "profile_settings: {address_form: 'e164'}", nil,
                #"mmscs[0].profile_settings.address_form: must be one of "plain", "plus", "type_plmn""#
            ),
            (
                "profile_settings: {omit: ['Recipients']}", nil,
                "mmscs[0].profile_settings.omit[0]: must be one of"
            ),
            (
                "profile_settings: {status_codes: [{code: 1, disposition: 'retry'}, {code: 1, disposition: 'split'}]}",
                nil, "mmscs[0].profile_settings.status_codes[1].code: is the same as"
            ),
            (
                "basic_auth: {username: 'u:v', password: 'p'}", nil,
                "mmscs[0].basic_auth.username: must not contain a colon"
            ),
            ("basic_auth: {username: 'u'}", nil, "mmscs[0].basic_auth.password: is missing"),
            (
                #"basic_auth: {username: 'u', password: 'p\n'}"#, nil,
                "mmscs[0].basic_auth.password: cannot be sent: the credentials have a control character"
            ),
            ("callback: {username: 'u'}", nil, "mmscs[0].callback.password: is missing"),
            ("callback: {allow: ['all']}", nil, "mmscs[0].callback.allow[0]: must be an IP address"),
            ("account: 'A1'", nil, #"mmscs[0].account: names "A1", but there is no channel_credentials file"#),
            ("calback: {}", nil, #"mmscs[0].calback: is not a known key; did you mean "callback"?"#),
        ] as [(String, String?, String)])
    func ofMMSCs(members: String, routes: String?, expected: String) {
        let routes = routes ?? "[{prefix: '', mmscs: ['north']}]"
        let fixture = ConfigurationFixture(
            whole: "{mmscs: [{name: 'north', url: 'http://mmsc/', \(members)}], routes: \(routes)}")

        let faults = fixture.faults()

        #expect(faults.count == 1 && faults[0].hasPrefix(expected), "\(faults)")
    }

    @Test("a fault never repeats a value that may be secret")
    func tellsNoSecret() {
        let fixture = ConfigurationFixture(
            """
            server: {listen: "${HUSH}", public_url: "https://user:hush@host/"},
            log: {level: "${HUSH}"}, media: {limit: "${HUSH}"},
            service_plans: [{id: "${HUSH} ", api_tokens: ["${HUSH}", "${HUSH}"], callback_url: "${HUSH}"}],
            """, environment: ["HUSH": "hush"])

        let faults = fixture.faults()

        #expect(faults.count == 7)
        #expect(!faults.contains { $0.contains("hush") })
    }

    @Test("faults print one a line")
    func prints() {
        let faults = ConfigurationFaults(faults: [
            .init(path: "mmscs[1].url", text: "is missing"), .init(path: "", text: "nothing fits"),
        ])

        #expect("\(faults)" == "mmscs[1].url: is missing\nnothing fits")
    }
}
