/// What is done with a message to a number that no customer has.
package enum UnknownRecipients: String, Sendable, CaseIterable {
    /// 2003, which ends it.
    case refuse
    /// It is taken and kept without an owner, for the operator to look at.
    case quarantine
}
