package import ConfigurationReading
import FoundationEssentials
import GatewayConfiguration
package import GatewayCore
import HTTPServing

/// A first configuration: what an operator has to say, and the rest as it is without being said.
package struct ConfigurationDraft: Sendable {
    /// Where SubmitReqs go.
    package var mmscURL = ""
    package var profile = "standard"
    /// What the MMSC knows us by, as far as it asks for it.
    package var vaspID = ""
    package var username = ""
    package var password = ""
    /// The customer's id in the paths of the API.
    package var plan = "plan1"
    /// The number or short code that messages come from, and that handsets answer to.
    package var number = ""
    package var dataDirectory = "/var/lib/mm7-gateway"
    /// The customer's bearer token.
    package let token: Secret

    package init(token: Secret = .random()) { self.token = token }

    /// A file of the draft, to be written beside the others.
    package struct File: Sendable, Equatable {
        package let name: String
        package let text: String
        /// Whether others than the gateway's user may not read it.
        package let isSecret: Bool
    }

    /// - Parameter name: of the configuration itself; the others have fixed names.
    package func files(named name: String) -> [File] {
        var files = [File(name: name, text: configuration, isSecret: false)]
        if !vaspID.isEmpty {
            files.append(File(name: Self.credentialsFile, text: credentials, isSecret: true))
        } else if !username.isEmpty {
            files.append(File(name: Self.passwordFile, text: password + "\n", isSecret: true))
        }
        files.append(File(name: tokenFile, text: token.reveal() + "\n", isSecret: true))
        return files
    }

    /// The path of a folder that an operator names in a shell, where the configuration would take it from its own folder.
    ///
    /// - Parameter folder: where the shell is.
    package static func absolute(_ path: String, from folder: String) -> String {
        if path.isEmpty || path.hasPrefix("/") { return path }
        let inner = path == "." ? "" : path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        let outer = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        return inner.isEmpty ? folder : "\(outer)/\(inner)"
    }

    package var tokenFile: String { "\(plan).token" }

    private static let credentialsFile = "channel_credentials.json"
    private static let passwordFile = "mmsc.password"

    /// Checks the draft as `check-config` would once it is written.
    ///
    /// - Parameter path: of the configuration.
    /// - Throws: all that is wrong with it.
    package func check(at path: String) throws(ConfigurationFaults) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let name = String(path.dropFirst(folder.count))
        let files = files(named: name)
        let contents = { (wanted: String) in
            guard let file = files.first(where: { folder + $0.name == wanted }) else {
                throw CocoaError(.fileReadNoSuchFile)
            }
            return Data(file.text.utf8)
        }
        _ = try Configuration.load(path: path, environment: { _ in nil }, readFile: contents)
    }
}

extension ConfigurationDraft {
    /// A value that is read again as it is, whatever is in it: `${` alone would stand for a variable.
    private func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        JSONText.write(text.replacing("${", with: "$${"), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The account in the vendor's form.
    private var credentials: String {
        let login =
            username.isEmpty
            ? ""
            : """

                  "basic_auth": {                       // sent as HTTP Basic
                    "username": \(quoted(username)),
                    "password": \(quoted(password))
                  },
            """
        let sender =
            number.isEmpty
            ? "" : "\n      \"default_sender\": \(quoted(number)),    // the sender of messages that name none"
        return """
            // The account at the MMSC: keep this file readable for the gateway's user alone.
            {
              "channel_credentials": [{
                "channel": "MMS",
                "mms_credentials": {
                  "account_id": "main",                 // what `account` names in the configuration
                  "api_key": \(quoted(vaspID)),         // sent as VASPID\(login)\(sender)
                },
              }],
            }

            """
    }

    private var account: String {
        if !vaspID.isEmpty {
            return "account: \"main\",                      // its VASPID and login, in \(Self.credentialsFile)"
        }
        if !username.isEmpty {
            return "basic_auth: {username: \(quoted(username)), password: {file: \"\(Self.passwordFile)\"}},"
        }
        return "// Without an account nothing identifies the gateway to the MMSC but its address."
    }

    private var configuration: String {
        let credentials = vaspID.isEmpty ? "" : "\n  channel_credentials: \"\(Self.credentialsFile)\",\n"
        let numbers =
            number.isEmpty
            ? """
            //default_originator: "12025550100",    // the sender of requests without `from`
                  //numbers: ["12025550100"],              // messages from handsets to these are the application's
            """
            : """
            default_originator: \(quoted(number)),   // the sender of requests without `from`
                  numbers: [\(quoted(number))],            // messages from handsets to these are the application's
            """
        return """
            // A configuration of mm7-gateway, made by `mm7-gateway config init`. What is not here has its default;
            // etc/mm7-gateway.json of the source, in the image /usr/share/mm7-gateway/mm7-gateway.json, has every key.
            //   check it:        mm7-gateway check-config --config FILE
            //   after a change:  send the gateway SIGHUP
            {
              // The API for your application.
              server: {
                listen: "0.0.0.0:8080",
                //public_url: "https://mms.example.net",  // what customers reach it by: links to media begin with it
              },

              // What the MMSC posts to: reports and messages from handsets, at /mm7/main.
              mm7: {listen: "0.0.0.0:8007"},

              // /healthz, /readyz and /metrics: for this machine alone.
              operations: {listen: "127.0.0.1:9090"},

              // The store and the media.
              data_directory: \(quoted(dataDirectory)),
            \(credentials)
              // Your application.
              service_plans: [
                {
                  id: \(quoted(plan)),                          // in its paths: /xms/v1/\(plan)/batches
                  api_tokens: [{file: \(quoted(tokenFile))}],   // Authorization: Bearer, with what is in this file
                  \(numbers)
                  //callback_url: "https://app.example.net/mms",  // where it hears of reports and messages from handsets
                },
              ],

              mmscs: [
                {
                  name: "main",                         // in the path of its posts, in logs and metrics
                  url: \(quoted(mmscURL)),
                  profile: \(quoted(profile)),          // standard, sinch, mbuni, nowsms or openwave
                  \(account)
                  max_in_flight: 32,                    // SubmitReqs without an answer yet, at most
                  //messages_per_second: 100,           // default: as fast as it answers
                  // What its own posts have to carry; without this anybody who reaches the port may post.
                  //callback: {username: "mmsc", password: {file: "mmsc-callback.password"}, allow: ["192.0.2.0/24"]},
                },
              ],

              routes: [{prefix: "", mmscs: ["main"]}],  // every number by this MMSC

              // Media and callbacks of customers at addresses that are not public are refused unless listed here;
              // "127.0.0.1" lets `mm7-gateway send` send files of this machine.
              egress: {allow: []},
            }

            """
    }
}
