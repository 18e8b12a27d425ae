package import Mailroom
package import Text

/// What is to be shared, as staff typed it: not yet known to be possible.
package struct ShareOrder: Hashable, Sendable {
    package var account: AccountID
    package var documents: [DocumentID]
    package var text: String
    /// Nil: the account's.
    package var language: Language?
    /// The last day its links hold; nil: as the firm's terms have it.
    package var lastDay: CivilDay?
    package var recipients: [String]
    /// What each link asks of whoever comes by it; nil: as the firm has it.
    package var proof: LinkProof?
    /// Who shares, by name: the recipients read it.
    package var person: String
    /// Whoever shares was told which of the documents the team alone sees.
    package var knowsPrivate: Bool

    package init(
        account: AccountID, documents: [DocumentID], text: String = "", language: Language? = nil,
        lastDay: CivilDay? = nil, recipients: [String], person: String, knowsPrivate: Bool = false
    ) {
        self.account = account
        self.documents = documents
        self.text = text
        self.language = language
        self.lastDay = lastDay
        self.recipients = recipients
        self.person = person
        self.knowsPrivate = knowsPrivate
    }
}

/// One thing that staff do with a share that is there, for one of its recipients or, nil, for all.
package enum ShareAction: Hashable, Sendable {
    /// Its letter goes out again; a link that expired holds again.
    case send(ShareRecipientID?)
    /// Makes a link void and a new one.
    case renewLink(ShareRecipientID)
    case extend(ShareRecipientID?, until: CivilDay)
    /// What a link asks of whoever comes by it.
    case prove(ShareRecipientID?, LinkProof)
    case revoke(ShareRecipientID?)
}
