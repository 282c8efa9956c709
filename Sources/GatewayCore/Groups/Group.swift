package import FoundationEssentials

/// Numbers under one id, to be written in `to`. Who is in it is settled when a batch is sent.
package struct Group: Sendable, Equatable, Identifiable {
    package typealias ID = ULID

    package let id: ID
    package let owner: Owner
    /// 1 to 20 characters; no two groups of an owner have the same name.
    package var name: String?
    /// Numbers in the group itself, without those of its children.
    package var size: Int
    /// Groups whose numbers count as its own when it is sent to; ten at most.
    package var children: [ID]
    package var autoUpdate: AutoUpdate?
    /// Labels of older clients; they mean nothing here.
    package var tags: [String]
    package let createdAt: Date
    package var modifiedAt: Date

    package init(
        id: ID, owner: Owner, name: String? = nil, size: Int = 0, children: [ID] = [], autoUpdate: AutoUpdate? = nil,
        tags: [String] = [], createdAt: Date, modifiedAt: Date? = nil
    ) {
        self.id = id
        self.owner = owner
        self.name = name
        self.size = size
        self.children = children
        self.autoUpdate = autoUpdate
        self.tags = tags
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt ?? createdAt
    }

    /// Words that add the sender of an inbound message to the group, or take it out.
    package struct AutoUpdate: Sendable, Hashable, Codable {
        /// The number or short code the words are sent to.
        package var to: String
        package var add: Words?
        package var remove: Words?

        package init(to: String, add: Words? = nil, remove: Words? = nil) {
            self.to = to
            self.add = add
            self.remove = remove
        }

        package struct Words: Sendable, Hashable, Codable {
            package var first: String
            /// On a number that many share, the second word is the keyword.
            package var second: String?

            package init(first: String, second: String? = nil) {
                self.first = first
                self.second = second
            }

            /// Whether a text begins with them; letter case does not count.
            package func begin(_ text: String) -> Bool {
                let words = text.split(maxSplits: 2) { $0.isWhitespace }.map { $0.lowercased() }
                guard words.first == first.lowercased() else { return false }
                guard let second else { return true }
                return words.dropFirst().first == second.lowercased()
            }
        }
    }
}

extension Sequence<String> {
    /// The members of `to` that are no numbers.
    package var groupIDs: [Group.ID] { compactMap { MSISDN($0) == nil ? ULID($0) : nil } }
}
