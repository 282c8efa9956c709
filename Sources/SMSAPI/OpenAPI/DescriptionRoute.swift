import CustomerServing
import HTTPServing
import HTTPTypes
import Hummingbird

/// `GET /openapi/sms.yaml`: what this API answers and checks, in OpenAPI 3.1. It is for everybody, as it says nothing of
/// anybody.
enum DescriptionRoute {
    private static let path: RouterPath = "/openapi/sms.yaml"
    /// Shared by all answers.
    private static let description = ByteBuffer(bytes: PackageResources.sms_yaml)
    private static let methods: [HTTPRequest.Method] = [.get, .head]

    static func addRoutes(to router: Router<PeerContext>) {
        for method in methods {
            router.on(path, method: method) { _, _ in
                Response(status: .ok, contentType: "application/yaml", buffer: description)
            }
        }
        let allowed = methods.map(\.rawValue).joined(separator: ", ")
        for method in HTTPRequest.Method.known where !methods.contains(method) {
            router.on(path, method: method) { _, _ in SMSAPIError.refused(.methodNotAllowed(allowed: allowed)).response
            }
        }
    }
}
