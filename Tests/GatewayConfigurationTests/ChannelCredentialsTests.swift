import GatewayCore
import Testing

@testable import GatewayConfiguration

@Suite("Credentials of accounts")
struct ChannelCredentialsTests {
    private let account = """
        {channel: "MMS", credential_ordinal_number: 0, mms_credentials: {account_id: "A1", api_key: "key-of-A1",
         basic_auth: {username: "u", password: "${PASSWORD}"}, default_sender: "+1 202 555 0100"}}
        """

    private func fixture(_ credentials: String, mmsc: String) -> ConfigurationFixture {
        var fixture = ConfigurationFixture(
            whole: """
                {channel_credentials: "accounts.json", mmscs: [{name: "north", url: "http://mmsc/", \(mmsc)}],
                 routes: [{prefix: "", mmscs: ["north"]}],
                 projects: [{id: "p", access_keys: [{id: "k", secret: "s"}], apps: [{id: "a", account: "A1"}]}]}
                """,
            environment: ["PASSWORD": "pass"])
        fixture.files["/etc/gateway/accounts.json"] = "{channel_credentials: \(credentials)}"
        return fixture
    }

    @Test("an account gives its MMSC and its app who they are", arguments: [true, false])
    func joined(isList: Bool) throws {
        let configuration = try fixture(isList ? "[\(account)]" : account, mmsc: "account: 'A1'").load()

        let mmsc = try #require(configuration.directory.mmscs["north"])
        #expect(mmsc.vaspID == "key-of-A1")
        #expect(mmsc.login == MMSC.Login(username: "u", password: Secret("pass")))
        #expect(mmsc.defaultSender == Originator("12025550100"))
        #expect(configuration.directory.projects.values.first?.apps[0].defaultSender == Originator("12025550100"))
    }

    @Test("without an account there are no credentials")
    func none() throws {
        let configuration = try fixture("[\(account)]", mmsc: "").load()

        let mmsc = try #require(configuration.directory.mmscs["north"])
        #expect(mmsc.vaspID == nil && mmsc.login == nil && mmsc.defaultSender == nil)
    }

    @Test("what stands at the MMSC wins over the account")
    func override() throws {
        let mmsc =
            "account: 'A1', vaspid: 'mine', basic_auth: {username: 'me', password: 'own'}, default_sender: '55512'"

        let configuration = try fixture("[\(account)]", mmsc: mmsc).load()

        let north = try #require(configuration.directory.mmscs["north"])
        #expect(north.vaspID == "mine")
        #expect(north.login == MMSC.Login(username: "me", password: Secret("own")))
        #expect(north.defaultSender?.text == "55512")
    }

    @Test("entries of other channels are skipped")
    func otherChannels() throws {
        let sms = #"{channel: "SMS", static_bearer: {claimed_identity: "x", token: "y"}}"#

        #expect(fixture("[\(sms), \(account)]", mmsc: "account: 'A1'").faults() == [])
    }

    @Test("an account that the file lacks is a fault where it is named")
    func unknownAccount() {
        #expect(
            fixture("[\(account)]", mmsc: "account: 'A12'").faults() == [
                #"mmscs[0].account: names "A12", but accounts.json has no such account_id; did you mean "A1"?"#
            ])
    }

    @Test("faults in the file carry its name")
    func faultsInside() {
        let faults = fixture(
            "[{channel: 'MMS', mms_credentials: {account_id: 'A1', api_keys: 'hush'}}, \(account)]", mmsc: ""
        ).faults()

        #expect(
            faults == [
                "/etc/gateway/accounts.json: channel_credentials[0].mms_credentials.api_key: is missing; give a string "
                    + "that is not empty",
                "/etc/gateway/accounts.json: channel_credentials[0].mms_credentials.api_keys: is not a known key; "
                    + #"did you mean "api_key"?"#,
                "/etc/gateway/accounts.json: channel_credentials[1].mms_credentials.account_id: is the same as "
                    + "/etc/gateway/accounts.json: channel_credentials[0].mms_credentials.account_id; keep one entry per "
                    + "account",
            ])
    }

    @Test("a file that is not there is one fault, not one for every account")
    func noFile() {
        var fixture = fixture("[]", mmsc: "account: 'A1'")
        fixture.files["/etc/gateway/accounts.json"] = nil

        #expect(
            fixture.faults() == [
                "/etc/gateway/accounts.json: cannot be read: there is no such file"
            ])
    }
}
