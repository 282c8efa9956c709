import GatewayCore

/// A place on the map.
struct Location: Equatable, Sendable {
    let title: String
    let coordinates: Coordinates
    /// Shown on channels that have maps of their own.
    let label: String?
}

extension Location: RequestBody {
    init?(_ members: RequestMembers) {
        let title = members.requiredShown("title")
        let coordinates: Coordinates? = members.requiredValue("coordinates")
        let label = members.shown("label")
        guard let title, let coordinates else { return nil }
        self.init(title: title, coordinates: coordinates, label: label)
    }
}

/// Degrees, in the 32 bits that the API keeps of them.
struct Coordinates: Equatable, Sendable {
    let latitude: Float
    let longitude: Float

    /// The place on a map that any browser shows.
    var mapURL: String {
        "https://www.google.com/maps/search/?api=1&query=\(latitude.decimal),\(longitude.decimal)"
    }
}

extension Coordinates: RequestBody {
    init?(_ members: RequestMembers) {
        let latitude = members.degrees("latitude", 90)
        let longitude = members.degrees("longitude", 180)
        guard let latitude, let longitude else { return nil }
        self.init(latitude: latitude, longitude: longitude)
    }
}

extension RequestMembers {
    fileprivate func degrees(_ name: String, _ most: Float) -> Float? {
        guard let value = self[name] else { return missing(name) }
        guard case .number(let digits) = value, let degrees = Float(digits), abs(degrees) <= most else {
            fault(at: name, "must be a number from -\(Int(most)) to \(Int(most))")
            return nil
        }
        return degrees
    }
}

extension Float {
    /// The fewest digits that mean this number, never with an exponent.
    var decimal: String {
        let text = description
        guard let (mantissa, exponent) = text.halves(at: "e"), let power = Int(exponent), power < 0 else { return text }
        let sign = mantissa.hasPrefix("-") ? "-" : ""
        // Both "1e-05" and "1.5e-05" have one digit before the point.
        let digits = mantissa.utf8.filter { (0x30...0x39).contains($0) }
        let significant = digits.count == 2 && digits.last == 0x30 ? digits.dropLast() : digits[...]
        return sign + "0." + String(repeating: "0", count: -power - 1) + String(decoding: significant, as: UTF8.self)
    }
}
