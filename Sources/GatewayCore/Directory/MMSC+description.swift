/// For people, debuggers and logs: the name alone. At some operators a VASPID serves as a key, and an address may carry
/// one.
extension MMSC: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { name }
    package var debugDescription: String { name }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
