import ConfigurationReading
import CurlHTTP
import GatewayCore
import Trust

extension ConfigurationReader {
    /// The bucket of a service plan, whose customer finds by links what is in it.
    func bucket(_ general: TLSTrust) -> Bucket {
        var bucket = sharedBucket(general)
        read("public_url", .baseURL, into: &bucket.publicURL)
        return bucket
    }

    /// A bucket that gateways alone read.
    func sharedBucket(_ general: TLSTrust) -> Bucket {
        var bucket = Bucket(
            endpoint: required("endpoint", .baseURL) ?? "", region: required("region", .region) ?? "",
            name: required("bucket", .bucketName) ?? "", accessKeyID: "", secretAccessKey: Secret(""))
        read("prefix", .keyPrefix, into: &bucket.prefix)
        bucket.accessKeyID = required("access_key_id", .accessKeyID) ?? ""
        bucket.secretAccessKey = required("secret_access_key", .secret) ?? Secret("")
        let signature = AWSSignature(
            region: bucket.region, service: "s3", accessKeyID: bucket.accessKeyID,
            secretAccessKey: bucket.secretAccessKey.reveal())
        if !bucket.region.isEmpty, !bucket.accessKeyID.isEmpty, !signature.secretAccessKey.isEmpty,
            let reason = signature.fault
        {
            fault("secret_access_key", "cannot be used: \(reason)")
        }
        read("timeout", .duration(from: .seconds(1), to: .seconds(600)), into: &bucket.timeout)
        let own = optionalObject("tls") { $0.trust(beside: general) }
        if own != nil { checkSecure(bucket.endpoint, "endpoint") }
        bucket.trust = own ?? general
        return bucket
    }
}

extension ValueFormat<String> {
    /// A region, which stands in the scope of a signature between slashes.
    fileprivate static var region: ValueFormat {
        spelled("a region such as \"eu-central-1\": 1 to 64 letters, digits and dashes", 1...64, besides: "-")
    }

    /// The name of a bucket, one step of a path. AWS allows less, other storages do not.
    fileprivate static var bucketName: ValueFormat {
        ValueFormat("the name of a bucket: 3 to 63 letters, digits, dots, dashes and underscores") { text in
            isSpelled(text, 3...63, besides: "-._") && !text.allSatisfy { $0 == "." } ? text : nil
        } show: {
            $0
        }
    }

    /// The beginning of keys. Each step has to stay as it is in a URL, which is what is signed: libcurl removes steps
    /// of dots.
    fileprivate static var keyPrefix: ValueFormat {
        ValueFormat("up to 512 letters, digits and \"-._~\" in steps with \"/\" between, such as \"mms/\"") { text in
            let steps = text.split(separator: "/", omittingEmptySubsequences: false)
            let isPlain = steps.dropLast().allSatisfy { !$0.isEmpty }
            guard isPlain, steps.allSatisfy({ $0 != "." && $0 != ".." }) else { return nil }
            return isSpelled(text, 0...512, besides: "-._~/") ? text : nil
        } show: {
            $0
        }
    }

    /// The id of an access key, which is no secret: every request shows it.
    fileprivate static var accessKeyID: ValueFormat {
        spelled("1 to 128 letters, digits, dashes, dots and underscores", 1...128, besides: "-._")
    }

    private static func spelled(_ expectation: String, _ length: ClosedRange<Int>, besides more: String) -> ValueFormat
    {
        ValueFormat(expectation) {
            isSpelled($0, length, besides: more) ? $0 : nil
        } show: {
            $0
        }
    }

    /// Whether a text has ASCII letters and digits only, besides the characters given.
    private static func isSpelled(_ text: String, _ length: ClosedRange<Int>, besides more: String) -> Bool {
        length.contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isLetter || $0.isDigit || more.utf8.contains($0) }
    }
}
