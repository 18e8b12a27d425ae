package import Mail

/// What of a message another part's content is the same as.
package enum SameContent: Hashable, Sendable {
    /// Filed earlier.
    case document(DocumentID)
    /// Filed by this very plan.
    case part(Section)
}

/// Where a document goes, and under which name.
package struct Destination: Hashable, Sendable {
    package let folder: FolderPath
    /// One path component, free in that folder.
    package let name: String
    /// The top-level folder's; one that doesn't exist yet is made private.
    package let access: Access

    package init(folder: FolderPath, name: String, access: Access) {
        self.folder = folder
        self.name = name
        self.access = access
    }
}

/// What becomes of one body part, and why.
package struct PartPlan: Hashable, Sendable {
    package let section: Section
    package let state: LedgerState
    package let reason: LedgerReason?
    package let because: String
    /// Of a `filed` one.
    package let destination: Destination?
    /// Of a `duplicate` one.
    package let sameAs: SameContent?
    /// `mailroom.toml:104`, where a line of the configuration is behind it.
    package let `where`: String?

    package init(
        _ section: Section, _ state: LedgerState, _ reason: LedgerReason? = nil, because: String,
        destination: Destination? = nil, sameAs: SameContent? = nil, at place: String? = nil
    ) {
        self.section = section
        self.state = state
        self.reason = reason
        self.because = because
        self.destination = destination
        self.sameAs = sameAs
        self.where = place
    }
}
