import CurlHTTP
import Foundation

/// A DeliverReq to 12025550100 with a text and pictures, as an MMSC posts it.
struct Delivery {
    let linkedID: String
    var text = "Like this?"
    var pictures: [[UInt8]] = []

    private static let namespace =
        "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"

    /// - Returns: whether it was taken: 200 and 1000.
    func post(to port: Int, by client: HTTPClient) async throws -> Bool {
        var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(port)/mm7/north")
        request.headers = ["Content-Type": "multipart/related; boundary=b"]
        request.body = [Array(head.utf8)[...]]
        for picture in pictures {
            let fields = "--b\r\nContent-Type: image/jpeg; name=\"my cake.jpg\"\r\n\r\n"
            request.body += [Array(fields.utf8)[...], picture[...], Array("\r\n".utf8)[...]]
        }
        request.body.append(Array("--b--\r\n".utf8)[...])
        let response = try await client.send(request)
        return response.status == 200
            && String(decoding: response.body, as: UTF8.self).contains("<StatusCode>1000<")
    }

    private var head: String {
        """
        --b\r\nContent-Type: text/xml\r\n\r\n\
        <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><TransactionID \
        xmlns="\(Self.namespace)" e:mustUnderstand="1">\(linkedID)-t</TransactionID></e:Header><e:Body>\
        <DeliverReq xmlns="\(Self.namespace)"><MM7Version>6.8.0</MM7Version><LinkedID>\(linkedID)</LinkedID>\
        <Sender><Number>+15550100001</Number></Sender><Recipients><To><Number>12025550100</Number></To></Recipients>\
        <Subject>Cake</Subject><Content href="cid:text"/></DeliverReq></e:Body></e:Envelope>\r\n\
        --b\r\nContent-Type: text/plain\r\nContent-ID: <text>\r\n\r\n\(text)\r\n
        """
    }
}

/// What a webhook or a list tells of an inbound message.
struct ToldInbound: Decodable, Equatable {
    struct Body: Decodable, Equatable {
        let message: String?
        let media: [Item]
    }

    struct Item: Decodable, Equatable {
        let url: String?
        let contentType: String
        let status: String
        let code: Int

        enum CodingKeys: String, CodingKey {
            case url
            case contentType = "content_type"
            case status, code
        }
    }

    let type: String
    let id: String
    let body: Body

    init(_ text: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
    }
}
