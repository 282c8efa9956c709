import Testing

@testable import Hosting

@Suite("How media is handed to a browser")
struct DownloadFormTests {
    @Test(
        "pictures, films and sounds that browsers know are shown under their type",
        arguments: ["image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "video/3gpp", "audio/mpeg"])
    func shown(_ type: String) {
        #expect(look(at: type) == "inline \(type)")
    }

    @Test(
        "all else is saved, under its type where nothing in it can run",
        arguments: [
            "application/pdf", "text/plain", "text/vcard", "text/calendar", "image/tiff", "video/quicktime",
            "application/zip", "application/octet-stream", "application/vnd.oma.drm.message",
        ])
    func saved(_ type: String) {
        #expect(look(at: type) == "attachment \(type)")
    }

    @Test(
        "what a browser could run is saved as octets",
        arguments: [
            "text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "application/rss+xml",
            "text/javascript", "application/ecmascript", "text/css", "text/xsl", "application/x-shockwave-flash",
            "multipart/related", "message/rfc822", "text/cache-manifest", "application/wasm", "application/hta",
            "", "image", "image/jpeg; x", "IMAGE/JPEG", "a/b/c", "text/html\r\n",
        ])
    func active(_ type: String) {
        #expect(look(at: type) == "attachment application/octet-stream")
    }

    private func look(at type: String) -> String {
        let presentation = DownloadForm(of: type)
        return "\(presentation.isInline ? "inline" : "attachment") \(presentation.contentType)"
    }
}
