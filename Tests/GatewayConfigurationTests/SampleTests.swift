import ConfigurationReading
import FoundationEssentials
import GatewayCore
import Testing

@testable import GatewayConfiguration

@Suite("The sample configuration and the schema")
struct SampleTests {
    @Test("the sample loads without a fault", arguments: [false, true])
    func loads(everyKey: Bool) throws {
        let configuration = try ConfigurationFixture.sample(everyKey: everyKey).load()

        #expect(configuration.dataDirectory == "/var/lib/mm7-gateway")
        #expect(configuration.directory.mmscs["north"]?.url == (everyKey ? "https" : "http") + "://mock-mmsc:8008/mm7")
        #expect(configuration.directory.servicePlans["plan1"]?.accepts(token: "secret-token") == true)
        #expect(configuration.directory.projects.count == (everyKey ? 1 : 0))
    }

    @Test("the files on disk load as they are, credentials from the same folder")
    func loadsFromDisk() throws {
        let path = ConfigurationFixture.root.appending(path: "etc/mm7-gateway.json").path

        let configuration = try Configuration.load(path: path, environment: { $0 == "PLAN1_TOKEN" ? "token" : nil })

        #expect(configuration.directory.mmscs["north"]?.vaspID == "demo-vasp")
        #expect(configuration.directory.mmscs["north"]?.defaultSender == Originator("12025550100"))
    }

    @Test("what the sample has switched on is the default")
    func showsDefaults() throws {
        let sample = try ConfigurationFixture.sample().load()
        let defaults = try ConfigurationFixture().load()

        for key in [
            "server", "mm7", "operations", "store", "egress", "webhooks", "media", "conversation", "submission",
            "shutdown", "log", "tracing",
        ] {
            #expect(member(key, of: sample.effective) == member(key, of: defaults.effective), "\(key)")
        }
    }

    @Test("the schema has every key the reader knows, and no other")
    func schemaIsComplete() throws {
        let schema = try ConfigurationValue(json5: ConfigurationFixture.contents(of: "schemas/config.schema.json"))
        let credentials = try #require(member("$defs", of: schema).flatMap { member("channel_credentials", of: $0) })

        let known = try ConfigurationFixture.sample(everyKey: true).keysAsked()
        var described: [String: ConfigurationValue] = [:]
        walk(schema, from: schema, at: "", into: &described)
        walk(credentials, from: schema, at: "", into: &described)

        #expect(known.subtracting(described.keys).sorted() == [])
        #expect(Set(described.keys).subtracting(known).sorted() == [])
        for (key, description) in described {
            #expect(member("description", of: description) != nil, "\(key) has no description")
        }
    }

    @Test("the sample names every key, those that are off included")
    func sampleIsComplete() throws {
        let sample = try ConfigurationFixture.sample(everyKey: true)

        var named: [String: ConfigurationValue] = [:]
        for file in sample.files.values where file.hasPrefix("{") || file.hasPrefix("//") {
            flatten(try ConfigurationValue(json5: Data(file.utf8)), at: "", into: &named)
        }
        // An entry of the credentials may have keys of the vendor's that mean nothing here.
        let keys = sample.keysAsked().filter { !$0.hasPrefix("channel_credentials[].") }
        #expect(keys.subtracting(named.keys).sorted() == ["media.\(ConfigurationFixture.alternative)"])
        let text = try String(decoding: ConfigurationFixture.contents(of: "etc/mm7-gateway.json"), as: UTF8.self)
        #expect(text.contains("//\(ConfigurationFixture.alternative): "))
    }

    @Test("the defaults in the schema are those in force")
    func schemaDefaults() throws {
        let schema = try ConfigurationValue(json5: ConfigurationFixture.contents(of: "schemas/config.schema.json"))
        let effective = try ConfigurationFixture().load().effective

        var described: [String: ConfigurationValue] = [:]
        walk(schema, from: schema, at: "", into: &described)
        var inForce: [String: ConfigurationValue] = [:]
        flatten(effective, at: "", into: &inForce)

        var compared = 0
        for (key, description) in described {
            guard let stated = member("default", of: description), let real = inForce[key] else { continue }
            #expect(same(stated, real), "\(key)")
            compared += 1
        }
        #expect(compared > 30)
    }

    private func member(_ key: String, of value: ConfigurationValue) -> ConfigurationValue? {
        guard case .object(let members) = value else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// Collects the properties that a schema describes, by the path of the reader.
    private func walk(
        _ schema: ConfigurationValue, from root: ConfigurationValue, at path: String,
        into found: inout [String: ConfigurationValue]
    ) {
        if case .string(let reference) = member("$ref", of: schema), let name = reference.split(separator: "/").last,
            let target = member("$defs", of: root).flatMap({ member(String(name), of: $0) })
        {
            walk(target, from: root, at: path, into: &found)
        }
        if case .object(let properties) = member("properties", of: schema) {
            for property in properties {
                let key = path.isEmpty ? property.key : "\(path).\(property.key)"
                if member("description", of: property.value) != nil || found[key] == nil { found[key] = property.value }
                walk(property.value, from: root, at: key, into: &found)
            }
        }
        if let items = member("items", of: schema) { walk(items, from: root, at: path + "[]", into: &found) }
        if let then = member("then", of: schema) { walk(then, from: root, at: path, into: &found) }
        if case .array(let choices) = member("anyOf", of: schema) {
            for choice in choices where member("items", of: choice) != nil {
                walk(choice, from: root, at: path, into: &found)
            }
        }
    }

    /// The values in force by the path of the reader.
    private func flatten(_ value: ConfigurationValue, at path: String, into found: inout [String: ConfigurationValue]) {
        found[path] = value
        switch value {
        case .object(let members):
            for member in members {
                flatten(member.value, at: path.isEmpty ? member.key : "\(path).\(member.key)", into: &found)
            }
        case .array(let elements):
            for element in elements { flatten(element, at: path + "[]", into: &found) }
        default: break
        }
    }

    /// Whether both say the same, `60s` and `1m` included.
    private func same(_ left: ConfigurationValue, _ right: ConfigurationValue) -> Bool {
        if case (.string(let left), .string(let right)) = (left, right), let duration = Duration(text: left) {
            return duration == Duration(text: right)
        }
        return left == right
    }
}
