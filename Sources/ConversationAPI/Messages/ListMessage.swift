/// Sections of things to choose from, as chat channels draw them. Read to find what is wrong with it: MMS has no lists.
struct ListMessage: Equatable, Sendable {
    let title: String
}

extension ListMessage: RequestBody {
    init?(_ members: RequestMembers) {
        let title = members.requiredShown("title")
        let sections: [Section]? = members.values("sections", count: 1...Int.max)
        guard let title, sections != nil else { return nil }
        self.init(title: title)
    }

    private struct Section: RequestBody {
        init?(_ members: RequestMembers) {
            _ = members.shown("title")
            guard let _: [Item] = members.values("items", count: 1...Int.max) else { return nil }
        }
    }

    private struct Item: RequestBody {
        enum Kind: String, CaseIterable {
            case choice, product
        }

        init?(_ members: RequestMembers) {
            guard let kind: Kind = members.theOne(of: "item"), let item = members.object(kind.rawValue) else {
                return nil
            }
            switch kind {
            case .choice: _ = item.requiredShown("title")
            case .product: _ = item.requiredText("id")
            }
        }
    }
}

/// Somebody's name, numbers and addresses.
struct ContactInfo: Equatable, Sendable {
    let fullName: String
}

extension ContactInfo: RequestBody {
    init?(_ members: RequestMembers) {
        let name = members.requiredObject("name")?.requiredShown("full_name")
        let numbers: [Number]? = members.values("phone_numbers", count: 1...Int.max)
        guard let name, numbers != nil else { return nil }
        self.init(fullName: name)
    }

    private struct Number: RequestBody {
        init?(_ members: RequestMembers) {
            guard members.requiredText("phone_number") != nil else { return nil }
        }
    }
}

/// A text that is kept elsewhere, for all channels or for some by name.
struct TemplateMessage: Equatable, Sendable {
    let channels: [Channel]
    let hasOmniTemplate: Bool
}

extension TemplateMessage: RequestBody {
    init?(_ members: RequestMembers) {
        let omni: TemplateReference? = members.value("omni_template")
        let byChannel = members.object("channel_template")
        let channels = byChannel.map { templates in
            templates.json.members.compactMap { member -> Channel? in
                guard let channel = templates.channel(named: member.name) else { return nil }
                let _: TemplateReference? = templates.value(member.name)
                return channel
            }
        }
        guard omni != nil || byChannel != nil || members.has("omni_template") else {
            members.fault("must have a channel_template or an omni_template")
            return nil
        }
        self.init(channels: channels ?? [], hasOmniTemplate: omni != nil)
    }
}

/// A template by its id and version.
struct TemplateReference: Equatable, Sendable, RequestBody {
    let id: String

    init?(_ members: RequestMembers) {
        let version = members.text("version")
        _ = members.text("language_code")
        _ = members.map("parameters")
        guard let id = members.requiredText("template_id") else { return nil }
        if version == "" { members.fault(at: "version", "must not be empty") }
        self.id = id
    }
}
