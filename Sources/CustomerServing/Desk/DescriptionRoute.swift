package import HTTPServing
import HTTPTypes
package import Hummingbird

/// An API's description in OpenAPI, as YAML: what it answers and checks. Everybody may read it, as it says nothing
/// about any customer.
package struct DescriptionRoute<Fault: APIFault>: Sendable {
    private let path: RouterPath
    /// Shared by all answers.
    private let description: ByteBuffer

    package init(_ path: RouterPath, yaml: [UInt8]) {
        self.path = path
        description = ByteBuffer(bytes: yaml)
    }

    package func addRoutes(to router: Router<PeerContext>) {
        let methods: [HTTPRequest.Method] = [.get, .head]
        for method in methods {
            router.on(path, method: method) { [description] _, _ in
                Response(status: .ok, contentType: "application/yaml", buffer: description)
            }
        }
        let allowed = methods.map(\.rawValue).joined(separator: ", ")
        for method in HTTPRequest.Method.known where !methods.contains(method) {
            router.on(path, method: method) { _, _ in Fault(.methodNotAllowed(allowed: allowed)).response }
        }
    }
}
