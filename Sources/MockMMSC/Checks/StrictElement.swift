/// An element as it was written, its prefix resolved.
struct StrictElement: Sendable {
    let name: String
    /// Nil for an element in no namespace.
    let namespace: String?
    /// In their order, by local name; declarations of namespaces are not among them.
    var attributes: [Attribute] = []
    var children: [StrictElement] = []
    /// Character data, white space at both ends dropped.
    var text = ""

    struct Attribute: Sendable {
        let name: String
        let namespace: String?
        let value: String
    }

    func child(_ name: String) -> StrictElement? { children.first { $0.name == name } }

    func attribute(_ name: String) -> String? {
        attributes.first { $0.name == name && $0.namespace == nil }?.value
    }

    /// This element and all within it.
    var descendants: [StrictElement] { [self] + children.flatMap(\.descendants) }
}
