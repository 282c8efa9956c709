/// `Encodable`'s view of a `JSONNode`.
struct JSONNodeEncoder: Encoder {
    let node: JSONNode
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.becomeObject()
        return KeyedEncodingContainer(Members<Key>(node: node))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.becomeArray()
        return Elements(node: node)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(node: node) }

    private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let node: JSONNode
        var codingPath: [any CodingKey] { [] }

        func encodeNil(forKey key: Key) { _ = node.append(named: key.stringValue) }

        func encode(_ value: some Encodable, forKey key: Key) { node.append(named: key.stringValue).take(value) }

        func nestedContainer<Nested: CodingKey>(
            keyedBy keyType: Nested.Type, forKey key: Key
        ) -> KeyedEncodingContainer<Nested> {
            JSONNodeEncoder(node: node.append(named: key.stringValue)).container(keyedBy: keyType)
        }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            JSONNodeEncoder(node: node.append(named: key.stringValue)).unkeyedContainer()
        }

        func superEncoder() -> any Encoder { JSONNodeEncoder(node: node.append(named: "super")) }

        func superEncoder(forKey key: Key) -> any Encoder { JSONNodeEncoder(node: node.append(named: key.stringValue)) }
    }

    private struct Elements: UnkeyedEncodingContainer {
        let node: JSONNode
        var codingPath: [any CodingKey] { [] }
        var count: Int { node.count }

        func encodeNil() { _ = node.append() }

        func encode(_ value: some Encodable) { node.append().take(value) }

        func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type) -> KeyedEncodingContainer<Nested> {
            JSONNodeEncoder(node: node.append()).container(keyedBy: keyType)
        }

        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
            JSONNodeEncoder(node: node.append()).unkeyedContainer()
        }

        func superEncoder() -> any Encoder { JSONNodeEncoder(node: node.append()) }
    }

    private struct Single: SingleValueEncodingContainer {
        let node: JSONNode
        var codingPath: [any CodingKey] { [] }

        /// A node is null until it takes something.
        func encodeNil() {}

        // Every number and truth value encodes itself by one of these.
        func encode(_ value: String) { node.take(value) }
        func encode(_ value: Bool) { node.take(value) }
        func encode(_ value: Double) { node.take(number: value) }
        func encode(_ value: Float) { node.take(number: value) }
        func encode(_ value: Int) { node.take(integer: value) }
        func encode(_ value: Int8) { node.take(integer: value) }
        func encode(_ value: Int16) { node.take(integer: value) }
        func encode(_ value: Int32) { node.take(integer: value) }
        func encode(_ value: Int64) { node.take(integer: value) }
        func encode(_ value: UInt) { node.take(integer: value) }
        func encode(_ value: UInt8) { node.take(integer: value) }
        func encode(_ value: UInt16) { node.take(integer: value) }
        func encode(_ value: UInt32) { node.take(integer: value) }
        func encode(_ value: UInt64) { node.take(integer: value) }
        func encode(_ value: some Encodable) { node.take(value) }
    }
}
