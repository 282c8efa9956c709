import GatewayCore
import HTTPServing

/// One page of a list: how many there are in all, which page this is, and how many are on it.
struct ListBody<Element: Encodable>: Encodable {
    let name: String
    let count: Int
    let page: Int
    let elements: [Element]

    /// - Parameter elements: those of the page, as the API prints them.
    init<Value>(_ name: String, _ list: Paged<Value>, _ page: Page, _ elements: [Element]) {
        self.name = name
        count = list.count
        self.page = page.number
        self.elements = elements
    }

    init<Value>(_ name: String, _ list: Paged<Value>, _ page: Page, _ element: (Value) throws -> Element) rethrows {
        self.init(name, list, page, try list.elements.map(element))
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: MemberName.self)
        try members.encode(count, forKey: MemberName("count"))
        try members.encode(page, forKey: MemberName("page"))
        try members.encode(elements.count, forKey: MemberName("page_size"))
        try members.encode(elements, forKey: MemberName(name))
    }
}

/// A page as an answer: whole where it is short, else written element by element.
struct ListAnswer<Value: Sendable, Element: Encodable & SendableMetatype>: Sendable {
    let name: String
    let list: Paged<Value>
    let page: Page
    /// What an element takes in the answer, about.
    let byteCount: @Sendable (Value) -> Int
    let element: @Sendable (Value) async throws -> Element

    func answer(for owner: Owner, among answers: LongAnswers) async throws -> Answer {
        let bytes = list.elements.reduce(0) { $0 + byteCount($1) }
        guard bytes > LongAnswers.shortBytes else {
            var elements: [Element] = []
            for value in list.elements { elements.append(try await element(value)) }
            return Answer(json: ListBody(name, list, page, elements))
        }
        let permit = try await answers.permit(for: owner)
        let head = #"{"count":\#(list.count),"page":\#(page.number),"page_size":\#(list.elements.count),"\#(name)":["#
        return Answer(
            pieces: AnswerPieces(
                opening: head, closing: "]}",
                elements: { [self] write in
                    for value in list.elements { try await write(JSONText.bytes(of: try await element(value))) }
                }, permit: permit))
    }
}
