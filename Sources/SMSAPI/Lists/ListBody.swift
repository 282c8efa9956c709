import GatewayCore

/// One page of a list: how many there are in all, which page this is, and how many are on it.
struct ListBody<Element: Encodable>: Encodable {
    let name: String
    let count: Int
    let page: Int
    let elements: [Element]

    init<Value>(_ name: String, _ list: Paged<Value>, _ page: Page, _ element: (Value) -> Element) {
        self.name = name
        count = list.count
        self.page = page.number
        elements = list.elements.map(element)
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: MemberName.self)
        try members.encode(count, forKey: MemberName("count"))
        try members.encode(page, forKey: MemberName("page"))
        try members.encode(elements.count, forKey: MemberName("page_size"))
        try members.encode(elements, forKey: MemberName(name))
    }
}
