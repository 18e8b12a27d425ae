/// What became of a body part: each has exactly one. PRODUCT.md section 2.4.
package enum LedgerState: String, Hashable, Sendable, CaseIterable {
    case filed
    case shown
    case duplicate
    case unwrapped
    case needsFiling = "needs_filing"
    case failed
}

/// Why it has that state; none for `duplicate` and `unwrapped`.
package enum LedgerReason: String, Hashable, Sendable, CaseIterable {
    // shown
    case text
    case inline
    case smallPicture = "small_picture"
    case repeatedPicture = "repeated_picture"
    case signature
    case calendar
    case card

    // needs filing
    case history
    case against
    case openStrict = "open_strict"
    case ambiguous
    case unmatched
    case suggested
    case automatic
    case otherList = "other_list"
    case type
    /// Also of a document that was filed into Intake for its macros.
    case macro
    case tooLarge = "too_large"
    case encrypted
    case infected
    case unscanned
    case suspicious
    case fileLink = "file_link"
    case secureMessage = "secure_message"
    case containerDamaged = "container_damaged"
    case filingOff = "filing_off"

    // failed
    case gaveNothing = "gave_nothing"
    case unreadable
    case storage
}
