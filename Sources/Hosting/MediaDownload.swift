import HTTPTypes
import Hummingbird
import Media
import NIOCore

/// Open media that is being sent to a client.
struct MediaDownload: Sendable {
    let media: OpenMedia
    let tag: EntityTag
    let presentation: DownloadForm
    let name: FileName
    /// The seconds until the link expires.
    let secondsLeft: Int

    func response(to request: Request) -> Response {
        // The check of what the client has comes before the range. (RFC 9110, 13.2.2)
        if tag.isAmong(request.headers[.ifNoneMatch]) { return Response(status: .notModified, headers: commonFields) }
        let asked = request.method == .get && tag.permitsRange(ifRange: request.headers[.ifRange])
        switch ByteRange(asked ? request.headers[.range] : nil, of: media.byteCount) {
        case .whole: return response(.ok, with: 0..<media.byteCount)
        case .part(let range):
            var response = response(.partialContent, with: range)
            response.headers[.contentRange] =
                "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(media.byteCount)"
            return response
        case .unsatisfiable:
            var fields = commonFields
            fields[.contentRange] = "bytes */\(media.byteCount)"
            fields[.contentLength] = "0"
            fields[.contentType] = "text/plain"
            return Response(status: .rangeNotSatisfiable, headers: fields)
        }
    }

    private func response(_ status: HTTPResponse.Status, with range: Range<Int>) -> Response {
        var fields = commonFields
        fields[.contentType] = presentation.contentType
        fields[.contentLength] = String(range.count)
        fields[.contentDisposition] = name.disposition(presentation.isInline ? "inline" : "attachment")
        return Response(status: status, headers: fields, body: body(of: range))
    }

    /// A piece is read after the one before it was sent, so a client that reads slowly costs the memory of one piece.
    private func body(of range: Range<Int>) -> ResponseBody {
        ResponseBody(contentLength: range.count) { [media] writer in
            var rest = range
            while !rest.isEmpty {
                let piece = try await media.bytes(from: rest.lowerBound, count: min(rest.count, Self.pieceBytes))
                try await writer.write(ByteBuffer(bytes: piece))
                rest = rest.lowerBound + piece.count..<rest.upperBound
            }
            try await writer.finish(nil)
        }
    }

    private var commonFields: HTTPFields {
        var fields: HTTPFields = [
            .acceptRanges: "bytes",
            .cacheControl: "private, max-age=\(secondsLeft)",
            .eTag: tag.text,
            .xContentTypeOptions: "nosniff",
        ]
        fields[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        return fields
    }

    /// The size of a piece. It is small, because each client that reads nothing keeps one in memory.
    private static let pieceBytes = 16 << 10
}
