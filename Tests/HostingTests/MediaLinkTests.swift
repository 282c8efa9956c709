import Crypto
import Foundation
import GatewayCore
import Testing

@testable import Hosting

@Suite("Links to media")
struct MediaLinkTests {
    private static let key = SymmetricKey(data: [UInt8](repeating: 1, count: 32))
    private static let otherKey = SymmetricKey(data: [UInt8](repeating: 2, count: 32))
    private static let link = MediaLink(
        hash: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", contentType: "image/jpeg",
        expiresAt: 1_790_000_000)

    private func keys(_ first: SymmetricKey, _ others: SymmetricKey...) -> LinkKeys { LinkKeys(first, others: others) }

    @Test("a link names what it was made for, without a look-up")
    func roundTrip() throws {
        let id = Self.link.id(naming: "cat.jpg", Self.key)

        #expect(MediaLink(id: id, naming: "cat.jpg", keys(Self.key)) == Self.link)
        #expect(
            id.utf8.allSatisfy {
                "-_".utf8.contains($0) || Character(Unicode.Scalar($0)).isLetter || (48...57).contains($0)
            })
        #expect(id.count == 90)
    }

    @Test("a link with any character changed, one more or one less is none")
    func tampered() throws {
        let id = Self.link.id(naming: "cat.jpg", Self.key)

        for index in id.indices {
            for other in "A-z9" where other != id[index] {
                var changed = id
                changed.replaceSubrange(index...index, with: String(other))
                #expect(MediaLink(id: changed, naming: "cat.jpg", keys(Self.key)) == nil)
            }
        }
        for changed in [id + "A", String(id.dropLast()), String(id.dropFirst()), id + "=", "", "A", id + id] {
            #expect(MediaLink(id: changed, naming: "cat.jpg", keys(Self.key)) == nil)
        }
    }

    @Test(
        "a link is good for its file name alone",
        arguments: ["cat.png", "Cat.jpg", "cat.jpg ", "", "cat.jp", "image/jpegcat.jpg", "gcat.jpg"])
    func otherName(_ name: String) {
        let id = Self.link.id(naming: "cat.jpg", Self.key)

        #expect(MediaLink(id: id, naming: name, keys(Self.key)) == nil)
    }

    @Test("a link of another key is none, one of a key that was first is good as long as that is kept")
    func rotation() {
        let id = Self.link.id(naming: "cat.jpg", Self.key)

        #expect(MediaLink(id: id, naming: "cat.jpg", keys(Self.otherKey)) == nil)
        #expect(MediaLink(id: id, naming: "cat.jpg", keys(Self.otherKey, Self.key)) == Self.link)
    }

    @Test("a host's URL has the public URL, the id and the name, and ends when it is to")
    func url() throws {
        let host = MediaHost(publicURL: "https://mms.example.net", keys: keys(Self.key), linkLife: .seconds(60))
        let media = StoredMedia(hash: Self.link.hash, contentType: "image/jpeg", byteCount: 3)

        let url = host.url(for: media, fileName: "../My “cat” 50%.jpg", now: Date(milliseconds: 1_000_500))

        let parts = url.split(separator: "/", omittingEmptySubsequences: false)
        #expect(parts.dropLast(2) == ["https:", "", "mms.example.net", "media"])
        #expect(parts.last == "My%20%E2%80%9Ccat%E2%80%9D%2050%25.jpg")
        let link = try #require(MediaLink(id: String(parts[4]), naming: "My “cat” 50%.jpg", host.keys))
        #expect(link.hash == media.hash)
        #expect(link.expiresAt == 1061)
    }

    @Test(
        "a type that is none goes out as octets",
        arguments: ["", "image", "a/b; c", "text/html\r\nX: y", "a/\(String(repeating: "b", count: 200))"])
    func oddType(_ type: String) throws {
        let host = MediaHost(publicURL: "", keys: keys(Self.key), linkLife: .seconds(60))

        let url = host.url(
            for: StoredMedia(hash: Self.link.hash, contentType: type, byteCount: 3), fileName: "a", now: Date())

        let id = String(url.split(separator: "/")[1])
        #expect(MediaLink(id: id, naming: "a", host.keys)?.contentType == "application/octet-stream")
    }
}
