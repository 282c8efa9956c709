package import GatewayCore
package import Logging

/// Keys that lines of the log have in common: one word, one meaning.
extension Logger.Metadata {
    package func with(_ key: String, _ value: Logger.MetadataValue) -> Logger.Metadata {
        var metadata = self
        metadata[key] = value
        return metadata
    }

    /// With the id by which all lines are found that come from one request.
    package func with(_ trace: Trace?) -> Logger.Metadata {
        guard let trace else { return self }
        return with("request_id", "\(trace.requestID)")
    }
}
