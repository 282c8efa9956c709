import GatewayCore

extension BatchRequest {
    private static let longestValue = 1600
    private static let defaultName = "default"

    /// The values by recipient, with keys, numbers and lengths as section "Parameterization" of the API wants them.
    /// Keys are checked in order, so that the same request always gets the same answer.
    func checkedParameters() throws(SMSAPIError) -> Parameters {
        for (key, values) in parameters.sorted(by: { $0.key < $1.key }) {
            guard Template.isKey(key) else {
                throw .violation("'parameters': a key must be 1 to 16 letters, digits, '_', '-' or '.'")
            }
            try Self.check(values, of: key)
        }
        return Parameters(parameters)
    }

    /// What takes a place in a subject has to be what a subject may have.
    func checkValuesForSubject(_ subject: String?) throws(SMSAPIError) {
        guard let subject, !Template(subject).isConstant else { return }
        for (key, values) in parameters.sorted(by: { $0.key < $1.key }) {
            let name = "parameters.\(PeerText(key, limit: 40))"
            for value in values.values { try value.checkControls(of: name) }
        }
    }

    private static func check(_ values: [String: String], of key: String) throws(SMSAPIError) {
        var numbers = Set<MSISDN>()
        let name = "parameters.\(PeerText(key, limit: 40))"
        for (recipient, value) in values {
            try value.checkLength(of: name, limit: longestValue)
            guard recipient != defaultName else { continue }
            guard let number = MSISDN(recipient) else {
                throw .badFormat("'\(name)': a recipient must be a number or 'default'")
            }
            guard numbers.insert(number).inserted else {
                throw .violation("'\(name)': has two values for one number")
            }
        }
    }
}
