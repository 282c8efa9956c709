import FoundationEssentials
package import GatewayCore
package import HTTPServing
import HTTPTypes
package import Hummingbird
package import Media

/// `GET` and `HEAD /media/{id}/{file name}`: sends stored media to anyone who has a link to it.
package struct MediaRoutes: Sendable {
    private let library: MediaLibrary
    private let keys: LinkKeys
    private let clock: any DomainClock

    package init(library: MediaLibrary, keys: LinkKeys, clock: any DomainClock) {
        self.library = library
        self.keys = keys
        self.clock = clock
    }

    package func addRoutes(to router: Router<PeerContext>) {
        for method in [HTTPRequest.Method.get, .head] {
            router.on("/media/:id/:name", method: method) { request, context in
                let name = context.pathParameter("name")
                guard let link = MediaLink(id: context.pathParameter("id"), naming: name, keys) else {
                    return Response(.notFound, "There is nothing at this path")
                }
                return await answer(to: request, for: link, named: name)
            }
        }
    }

    private func answer(to request: Request, for link: MediaLink, named name: String) async -> Response {
        let secondsLeft = Double(link.expiresAt) - clock.now().timeIntervalSince1970
        guard secondsLeft > 0 else { return Response(.gone, "This link has expired") }
        do {
            guard let media = try await library.open(link.hash) else {
                return Response(.gone, "This file is not kept any more")
            }
            return MediaDownload(
                media: media, tag: EntityTag(hash: link.hash), presentation: DownloadForm(of: link.contentType),
                name: FileName(cleaning: name), secondsLeft: Int(secondsLeft)
            ).response(to: request)
        } catch {
            return Response(.serviceUnavailable, "The file cannot be read now")
        }
    }
}

extension Response {
    /// A refusal without details, so that somebody without a link learns nothing.
    fileprivate init(_ status: HTTPResponse.Status, _ text: String) {
        let code = status.reasonPhrase.lowercased().map { $0.isLetter ? String($0) : "_" }.joined()
        self.init(status: status, json: RefusalBody(code: code, text: text))
        headers[.cacheControl] = "no-store"
    }
}

private struct RefusalBody: Encodable {
    let code: String
    let text: String
}
