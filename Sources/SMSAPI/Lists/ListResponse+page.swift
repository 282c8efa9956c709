import CustomerServing
import GatewayCore

extension ListResponse {
    /// One page of a list: how many there are in all, which page this is, how many are on it, and these.
    ///
    /// - Parameters:
    ///   - name: of the member that has the elements.
    ///   - byteCount: about how many bytes an element takes in the response.
    ///   - element: a value as the API prints it.
    init(
        _ name: String, _ list: Paged<Value>, _ page: Page,
        byteCount: @escaping @Sendable (Value) -> Int = { _ in 1024 },
        element: @escaping @Sendable (Value) async throws -> Element
    ) {
        let counts = #""count":\#(list.count),"page":\#(page.number),"page_size":\#(list.elements.count)"#
        self.init(
            opening: #"{\#(counts),"\#(name)":["#, closing: "]}", list.elements, byteCount: byteCount, element: element)
    }
}
