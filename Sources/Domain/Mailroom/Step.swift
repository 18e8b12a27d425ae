/// One rule that was asked, and what it said: a line of `mailroom explain`.
package struct Step: Hashable, Sendable {
    /// `matching.address`: the section of the decision, and the rule in it.
    package let rule: String
    /// `account 10482`, `no`: short.
    package let outcome: String
    /// Whether this rule settled the matter.
    package let decided: Bool
    package let because: String
    /// `mailroom.toml:72`, where a line of the configuration is behind it.
    package let `where`: String?

    package init(
        _ rule: String, _ outcome: String, decided: Bool = false, because: String, at place: String? = nil
    ) {
        self.rule = rule
        self.outcome = outcome
        self.decided = decided
        self.because = because
        self.where = place
    }
}
