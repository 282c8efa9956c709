import CustomerServing
import Testing

@testable import ConversationAPI

@Suite("What messages:send refuses")
struct SendRefusalTests {
    /// A request that is good, with one member in another form.
    private static func violations(_ change: (inout JSONValue) -> Void) throws -> [String] {
        var json = try Fixture.json("requests/send-text")
        change(&json)
        return Bakery.violations(of: json.text, as: SendRequest.self)
    }

    @Test(
        "a member that is wrong is named",
        arguments: [
            ("app_id", nil, "app_id: must be present"),
            ("app_id", "bakery", "app_id: must be a ULID of 26 characters, as 01HZX3Q7M2K9V4T8R6B1N5C0DE"),
            ("app_id", 7, "app_id: must be a string"),
            ("recipient", nil, "recipient: must be present"), ("recipient", "Ann", "recipient: must be an object"),
            ("recipient", [:], "recipient: must have contact_id or identified_by"),
            (
                "recipient", ["contact_id": "c", "identified_by": [:]],
                "recipient: must have either contact_id or identified_by, and has both"
            ),
            (
                "recipient", ["identified_by": ["channel_identities": []]],
                "recipient.identified_by.channel_identities: size must be between 1 and 100, and is 0"
            ),
            (
                "recipient", ["identified_by": ["channel_identities": [["channel": "MMS"]]]],
                "recipient.identified_by.channel_identities[0].identity: must be present"
            ),
            ("message", nil, "message: must be present"),
            ("queue", "LOW", "queue: must be one of NORMAL_PRIORITY, HIGH_PRIORITY"),
            ("processing_strategy", "X", "processing_strategy: must be one of DEFAULT, DISPATCH_ONLY"),
            (
                "ttl", "2s", "ttl: must be whole seconds from 3 to 315576000000 with an s, as 86400s"
            ),
            ("ttl", "1.5s", "ttl: must be whole seconds from 3 to 315576000000 with an s, as 86400s"),
            ("ttl", 60, "ttl: must be a string"),
            ("conversation_metadata", "x", "conversation_metadata: must be an object"),
            ("callback_url", "ftp://x", "callback_url: must be an http or https URL"),
            ("channel_properties", ["MMS_SENDER": true], "channel_properties.MMS_SENDER: must be a string"),
            (
                "channel_properties", ["MMS_STRICT_VALIDATION": "yes"],
                "channel_properties.MMS_STRICT_VALIDATION: must be \"true\" or \"false\""
            ),
            ("channel_priority_order", "MMS", "channel_priority_order: must be an array"),
        ] as [(String, JSONValue?, String)])
    func members(name: String, value: JSONValue?, violation: String) throws {
        let found = try Self.violations { $0[name] = value }

        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(violation) == true, "\(found)")
    }

    @Test(
        "a text that is too long is measured",
        arguments: [
            ("message_metadata", 1024), ("correlation_id", 128),
        ])
    func lengths(name: String, limit: Int) throws {
        let fits = try Self.violations { $0[name] = .string(String(repeating: "x", count: limit)) }
        let found = try Self.violations { $0[name] = .string(String(repeating: "x", count: limit + 1)) }

        #expect(fits == [])
        #expect(found == ["\(name): has \(limit + 1) characters, the limit is \(limit)"])
    }

    @Test("no channel, and the unspecified one, is a channel")
    func channels() throws {
        let found = try Self.violations { $0["channel_priority_order"] = ["MMS", "CHANNEL_UNSPECIFIED", "PIGEON"] }

        #expect(found.map { $0.prefix(26) } == ["channel_priority_order[1]:", "channel_priority_order[2]:"])
    }

    @Test(
        "a message is refused with the place of what is wrong",
        arguments: [
            (
                "{}",
                "message: must have exactly one message body: one of text_message, media_message, card_message, "
                    + "choice_message, carousel_message, location_message, list_message, contact_info_message, "
                    + "template_message"
            ),
            (
                #"{"text_message":{"text":"a"},"location_message":{}}"#,
                "message: must have exactly one message body, and has text_message, location_message"
            ),
            (#"{"text_message":{}}"#, "message.text_message.text: must be present"),
            (#"{"text_message":{"text":""}}"#, "message.text_message.text: must not be empty"),
            (#"{"text_message":{"text":"a\u0000b"}}"#, "message.text_message.text: must not have control characters"),
            (#"{"media_message":{}}"#, "message.media_message.url: must be present"),
            (
                #"{"card_message":{"choices":[]}}"#,
                "message.card_message: must have a title, a description or a media_message"
            ),
            (
                #"{"choice_message":{"choices":[]}}"#,
                "message.choice_message.choices: size must be between 1 and 10, and is 0"
            ),
            (
                #"{"choice_message":{"choices":[{"text_message":{"text":"a"}},{"call_message":{"phone_number":"1"}}]}}"#,
                "message.choice_message.choices[1].call_message.title: must be present"
            ),
            (
                #"{"choice_message":{"choices":[{"text_message":{"text":"a"},"url_message":{}}]}}"#,
                "message.choice_message.choices[0]: must have exactly one choice, and has text_message, url_message"
            ),
            (
                #"{"carousel_message":{"cards":[{"title":"a"}],"choices":[{"text_message":{"text":"a"},"display_mode":"PERSISTENT"}]}}"#,
                "message.carousel_message.choices[0].display_mode: must not be PERSISTENT on the outer choices of a carousel"
            ),
            (
                #"{"location_message":{"title":"a","coordinates":{"latitude":91,"longitude":"2"}}}"#,
                "message.location_message.coordinates.latitude: must be a number from -90 to 90"
            ),
            (#"{"template_message":{}}"#, "message.template_message: must have a channel_template or an omni_template"),
            (
                #"{"list_message":{"title":"a","sections":[{"items":[{"choice":{}}]}]}}"#,
                "message.list_message.sections[0].items[0].choice.title: must be present"
            ),
            (
                #"{"contact_info_message":{"name":{},"phone_numbers":[{"phone_number":"1"}]}}"#,
                "message.contact_info_message.name.full_name: must be present"
            ),
            (
                #"{"text_message":{"text":"a"},"explicit_channel_message":{"MMS":"hello"}}"#,
                "message.explicit_channel_message.MMS: must be the text of "
            ),
            (
                #"{"text_message":{"text":"a"},"explicit_channel_omni_message":{"MMS":{"text_message":{"text":1}}}}"#,
                "message.explicit_channel_omni_message.MMS.text_message.text: must be a string"
            ),
            (
                #"{"choice_message":{"choices":[{"calendar_message":{"title":"a","event_start":"soon","event_end":"2026-03-09T14:00:00Z","event_title":"b","fallback_url":"c"}}]}}"#,
                "message.choice_message.choices[0].calendar_message.event_start: must be a time in ISO 8601"
            ),
        ])
    func messages(message: String, violation: String) throws {
        let found = try Self.violations { $0["message"] = JSONValue(text: message) }

        #expect(found.first?.hasPrefix(violation) == true, "\(found)")
    }

    @Test("all that is wrong is told at once, up to a limit")
    func several() throws {
        let found = try Self.violations { json in
            json["app_id"] = nil
            json["queue"] = "x"
            json["ttl"] = "x"
        }
        let many = try Self.violations { $0["channel_priority_order"] = .array(Array(repeating: "x", count: 100)) }

        #expect(found.map { $0.prefix(6) } == ["app_id", "ttl: m", "queue:"])
        #expect(many.count == Faults.limit)
    }

    @Test("what is no JSON is refused without a member")
    func noJSON() {
        #expect(throws: InvalidRequest.self) { try SendRequest(body: Array("{".utf8)) }
        #expect(Bakery.violations(of: "[]", as: SendRequest.self) == [])
        #expect(throws: InvalidRequest(.violation("The request must be an object"))) {
            try SendRequest(body: Array("[]".utf8))
        }
    }
}
