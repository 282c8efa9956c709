/// What an update changes in a group. First what is added, then what is removed: a number in both is out.
package struct GroupChange: Sendable, Equatable {
    package var name: Member<String> = .kept
    package var add: [MSISDN] = []
    package var remove: [MSISDN] = []
    /// The numbers of this group are added.
    package var addFrom: Group.ID?
    /// The numbers of this group are removed.
    package var removeFrom: Group.ID?
    package var addChildren: [Group.ID] = []
    package var removeChildren: [Group.ID] = []
    package var autoUpdate: Member<Group.AutoUpdate> = .kept

    package init() {}

    /// Whether the group may need more room afterwards; one that only loses something does not.
    package var mayGrow: Bool {
        !add.isEmpty || addFrom != nil || !addChildren.isEmpty || name.isSet || autoUpdate.isSet
    }

    /// A member of an update: left as it is, taken away, or set.
    package enum Member<Value: Sendable & Equatable>: Sendable, Equatable {
        case kept
        case removed
        case set(Value)

        fileprivate var isSet: Bool {
            if case .set = self { true } else { false }
        }

        package func applied(to value: Value?) -> Value? {
            switch self {
            case .kept: value
            case .removed: nil
            case .set(let value): value
            }
        }
    }
}

/// The result of writing a group.
package enum GroupResult: Sendable, Equatable {
    case done(Group)
    case noSuchGroup
    /// A group that the request names does not exist.
    case unknownGroup(Group.ID)
    /// Another group of the owner has the name.
    case nameTaken
    /// It would have more numbers or children than a group may have.
    case tooLarge
    /// The answer that the same key got before; nothing was written.
    case answered(KeptAnswer)
}
