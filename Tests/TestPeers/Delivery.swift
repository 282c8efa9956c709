package import CurlHTTP
import Foundation

/// A DeliverReq to 12025550100 with a text and pictures, as an MMSC posts it.
package struct Delivery {
    package let linkedID: String
    package var text: String
    package var pictures: [[UInt8]]

    package init(linkedID: String, text: String = "Like this?", pictures: [[UInt8]] = []) {
        self.linkedID = linkedID
        self.text = text
        self.pictures = pictures
    }

    private static let namespace =
        "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"

    /// - Returns: whether it was taken: 200 and 1000.
    package func post(to port: Int, by client: HTTPClient) async throws -> Bool {
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
package struct ToldInbound: Decodable, Equatable {
    package struct Body: Decodable, Equatable {
        package let message: String?
        package let media: [Item]
    }

    package struct Item: Decodable, Equatable {
        package let url: String?
        package let contentType: String
        package let status: String
        package let code: Int

        package init(url: String?, contentType: String, status: String, code: Int) {
            self.url = url
            self.contentType = contentType
            self.status = status
            self.code = code
        }

        package enum CodingKeys: String, CodingKey {
            case url
            case contentType = "content_type"
            case status, code
        }
    }

    package let type: String
    package let id: String
    package let body: Body

    package init(_ text: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
    }
}
