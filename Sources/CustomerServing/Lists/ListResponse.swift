import GatewayCore
import HTTPServing
import HTTPTypes

/// A list as a response: whole where it is short, else written element by element.
package struct ListResponse<Value: Sendable, Element: Encodable & SendableMetatype>: Sendable {
    private let opening: String
    private let closing: String
    private let values: [Value]
    private let byteCount: @Sendable (Value) -> Int
    private let element: @Sendable (Value) async throws -> Element

    /// - Parameters:
    ///   - opening: the JSON before the first element, as `{"groups":[`.
    ///   - closing: the JSON behind the last.
    ///   - byteCount: about how many bytes an element takes in the response.
    ///   - element: a value as the API prints it.
    package init(
        opening: String, closing: String, _ values: [Value], byteCount: @escaping @Sendable (Value) -> Int,
        element: @escaping @Sendable (Value) async throws -> Element
    ) {
        self.opening = opening
        self.closing = closing
        self.values = values
        self.byteCount = byteCount
        self.element = element
    }

    package func response<Caller>(to call: CustomerCall<Caller>) async throws -> APIResponse {
        let bytes = values.reduce(0) { $0 + byteCount($1) }
        guard bytes > LongResponses.shortBytes else { return try await whole() }
        let permit = try await call.longResponsePermit()
        return APIResponse(
            pieces: ResponsePieces(
                opening: opening, closing: closing,
                elements: { [self] write in
                    for value in values { try await write(JSONText.bytes(of: try await element(value))) }
                }, permit: permit))
    }

    private func whole() async throws -> APIResponse {
        var bytes = Array(opening.utf8)
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += JSONText.bytes(of: try await element(value))
        }
        bytes += closing.utf8
        return APIResponse(status: .ok, body: bytes)
    }
}
