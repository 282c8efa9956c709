/// Where an event goes, by its owner's API.
package struct CallTarget: Hashable, Sendable {
    /// Short, and known to the API alone.
    package let name: String
    /// Another target of the same messages, whose calls come first: while one of them is open, this one's are held. Nil
    /// where its calls wait for each other alone.
    package let follows: String?

    package init(_ name: String, follows: String? = nil) {
        self.name = name
        self.follows = follows
    }
}
