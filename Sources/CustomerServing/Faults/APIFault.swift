import HTTPServing
package import HTTPTypes
package import Hummingbird

/// Why a call of one customers' API was not carried out, in the terms of that API.
///
/// What every API refuses alike is a `CallRefusal`; the fault of an API adds its own reasons, and the words.
package protocol APIFault: Error, Sendable {
    associatedtype Body: Encodable

    init(_ refusal: CallRefusal)

    var status: HTTPResponse.Status { get }
    /// The error as the API prints it.
    var body: Body { get }
    /// The header fields that the client needs beside the body.
    var headers: HTTPFields { get }
}

extension APIFault {
    package var response: Response {
        var response = Response(status: status, json: body)
        for field in headers { response.headers[field.name] = field.value }
        return response
    }
}
