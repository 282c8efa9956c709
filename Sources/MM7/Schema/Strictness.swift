/// How much of a message's form is asked for before it is read.
public enum Strictness: Sendable, Hashable {
    /// What can be understood is read, as real traffic needs.
    case lenient
    /// The SOAP part is as SOAP and the schema of its own MM7 namespace have it. (SOAP 1.1, 4; TS 23.140, annex L)
    case schema
}
