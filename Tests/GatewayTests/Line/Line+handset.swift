import CurlHTTP
import TestPeers

@testable import Gateway

extension Line {
    private static let namespace = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"

    /// Posts a text and pictures from 15550100001, as an MMSC does.
    ///
    /// - Throws: where the gateway does not take them.
    func deliver(_ linkedID: String, text: String, pictures: Int = 0, to number: String = Line.number) async throws {
        let picture = "--b\r\nContent-Type: image/jpeg; name=\"cake.jpg\"\r\n\r\n"
        var body: [ArraySlice<UInt8>] = [
            Array(
                """
                --b\r\nContent-Type: text/xml\r\n\r\n\
                <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><TransactionID \
                xmlns="\(Self.namespace)" e:mustUnderstand="1">\(linkedID)-t</TransactionID></e:Header><e:Body>\
                <DeliverReq xmlns="\(Self.namespace)"><MM7Version>6.8.0</MM7Version><LinkedID>\(linkedID)</LinkedID>\
                <Sender><Number>+15550100001</Number></Sender><Recipients><To><Number>\(number)</Number></To>\
                </Recipients><Content href="cid:text"/></DeliverReq></e:Body></e:Envelope>\r\n\
                --b\r\nContent-Type: text/plain\r\nContent-ID: <text>\r\n\r\n\(text)\r\n
                """.utf8)[...]
        ]
        for _ in 0..<pictures {
            body += [Array(picture.utf8)[...], customer.picture[...], Array("\r\n".utf8)[...]]
        }
        body.append(Array("--b--\r\n".utf8)[...])
        var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(ports.mm7)/mm7/north")
        request.headers = ["Content-Type": "multipart/related; boundary=b"]
        request.body = body
        let answer = String(decoding: try await client.send(request).body, as: UTF8.self)
        guard answer.contains("<StatusCode>1000<") else { throw Unexpected(answer) }
    }
}
