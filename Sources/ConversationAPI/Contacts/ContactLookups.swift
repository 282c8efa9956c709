import CustomerServing
import FoundationEssentials
import GatewayCore

/// What else the API tells of contacts: their conflicts, and what channels know of them.
struct ContactLookups: Sendable {
    let store: any ContactStore

    /// `GET /contacts:identityConflicts`: identities that several contacts have, each on channels of its own.
    func conflicts(_ call: ProjectCall) async throws -> APIResponse {
        let (size, last) = try Self.page(call.query)
        let found = try await store.contactConflicts(of: call.project.id, after: last, limit: size + 1)
        let page = found.prefix(size)
        let next = found.count > page.count ? page.last.map { Self.token(behind: $0.identity) } : nil
        let entries = page.map { conflict in
            let json: JSONValue = [
                "identity": .string(conflict.identity), "channels": .array(conflict.channels.map { .string($0) }),
                "contact_ids": .array(conflict.contacts.map { .string($0.description) }),
            ]
            return ListPage<JSONValue>.Entry(json: json, byteCount: json.mostUnits)
        }
        return try await ListPage("conflicts", entries, next: next).response(to: call)
    }

    /// `POST /contacts:getChannelProfile`: on no channel that is served has anybody a profile.
    func profile(_ call: ProjectCall) async throws -> APIResponse {
        let request = try await call.read(ProfileRequest.self)
        _ = try call.app(request.appID)
        throw ConversationError(
            .failedPrecondition,
            "\(DeliveryReason.Code.noProfileAvailable.rawValue): this gateway carries MMS, on which nobody has a profile"
        )
    }

    /// The body of `contacts:getChannelProfile`.
    struct ProfileRequest: RequestBody {
        let appID: String

        init?(_ members: RequestMembers) {
            let appID = members.appID()
            let recipient: Recipient? = members.requiredValue("recipient")
            let channel: Channel? = members.has("channel") ? members.word("channel") : members.missing("channel")
            guard let appID, recipient != nil, channel != nil else { return nil }
            self.appID = appID
        }
    }
}

/// Conflicts are listed by identities, so their pages begin behind one.
extension ContactLookups {
    private static let mark = "I"
    private static let longestToken = 8192

    private static func page(_ query: QueryParameters) throws(MalformedRequest) -> (size: Int, last: String) {
        let sizes = PageRequest.Sizes.contacts
        let asked = try query.integer("page_size", in: 0...sizes.most) ?? 0
        let size = asked == 0 ? sizes.standard : asked
        guard let token = query.text("page_token") else { return (size, "") }
        let base64 = String(token.dropFirst()).replacing("-", with: "+").replacing("_", with: "/")
        guard token.hasPrefix(mark), token.utf8.count <= longestToken, let octets = Data(base64Encoded: base64),
            let last = String(validating: octets, as: UTF8.self)
        else { throw PageRequest.foreignToken }
        return (size, last)
    }

    private static func token(behind identity: String) -> String {
        let base64 = Data(identity.utf8).base64EncodedString()
        return mark + base64.replacing("+", with: "-").replacing("/", with: "_")
    }
}
