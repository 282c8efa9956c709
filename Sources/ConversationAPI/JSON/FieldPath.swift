import CustomerServing
import GatewayCore

/// Where a value stands in a request: `message.choice_message.choices[3].call_message.title`.
indirect enum FieldPath: CustomStringConvertible {
    case body
    case member(FieldPath, String)
    case element(FieldPath, Int)

    var description: String {
        switch self {
        case .body: ""
        // The name may be the customer's own.
        case .member(.body, let name): name.excerpt.description
        case .member(let path, let name): "\(path).\(name.excerpt)"
        case .element(let path, let index): "\(path)[\(index)]"
        }
    }
}

/// What is wrong with a request, collected while it is read.
final class Faults {
    private(set) var all: [MalformedRequest] = []

    /// Whether texts may have `${name}` in them, in whose place values come later: such a URL is looked at then.
    let allowsPlaceholders: Bool

    /// Those that an error lists at most.
    static let limit = 20

    init(allowsPlaceholders: Bool = false) {
        self.allowsPlaceholders = allowsPlaceholders
    }

    func note(_ fault: MalformedRequest) {
        if all.count < Self.limit { all.append(fault) }
    }

    /// - Parameter problem: not looked at where the error lists enough already.
    func note(at path: FieldPath, _ problem: @autoclosure () -> String) {
        guard all.count < Self.limit else { return }
        let (member, problem) = (path.description, problem())
        note(.violation(at: member.isEmpty ? nil : member, member.isEmpty ? "The request \(problem)" : problem))
    }
}

/// A request that is not carried out as it is, with all that is wrong with it.
struct InvalidRequest: Error, Equatable {
    /// Never empty.
    let faults: [MalformedRequest]

    init(_ first: MalformedRequest, _ others: [MalformedRequest] = []) {
        faults = [first] + others
    }

    init?(_ faults: Faults) {
        guard let first = faults.all.first else { return nil }
        self.init(first, Array(faults.all.dropFirst()))
    }
}

/// What a body, or an object in one, can be read as.
protocol RequestBody {
    /// Nil when a member that has to be there is missing or wrong; the fault is noted then.
    init?(_ members: RequestMembers)
}

extension RequestBody {
    /// - Throws: everything that is wrong with the body.
    init(body: [UInt8]) throws(InvalidRequest) {
        let json: JSONValue
        do throws(MalformedRequest) {
            json = try JSONValue(body)
        } catch {
            throw InvalidRequest(error)
        }
        try self.init(json)
    }

    /// - Throws: everything that is wrong with it.
    init(_ json: JSONValue, at path: FieldPath = .body, _ faults: Faults = Faults()) throws(InvalidRequest) {
        let value = RequestMembers(json, at: path, faults).flatMap { Self($0) }
        if let invalid = InvalidRequest(faults) { throw invalid }
        guard let value else { throw InvalidRequest(.violation("The request cannot be read")) }
        self = value
    }
}
