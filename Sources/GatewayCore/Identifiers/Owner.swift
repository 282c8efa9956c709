/// The customer a batch belongs to; what one owner sends is invisible to every other.
package enum Owner: Hashable, Sendable {
    /// A service plan of the SMS REST API, by its id.
    case servicePlan(String)
    /// An app of the Conversation API, by its id and its project's.
    case app(String, project: String)
    /// A project of the Conversation API, by its id: for what its apps have in common.
    case project(String)

    /// The id alone, as lines of the log have it.
    package var name: String {
        switch self {
        case .servicePlan(let id), .app(let id, _), .project(let id): id
        }
    }
}
