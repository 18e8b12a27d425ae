package import Configuration
internal import Mail
internal import Mailroom
package import Outbox
internal import Text

extension Configuration {
    /// What letters look like that leave from a mailbox; nil: as `[smtp]` has it, or nobody has it.
    ///
    /// A reply leaves by that mailbox's own server if it has one, and its copy
    /// goes into that mailbox's Sent either way.
    package func stationery(from mailbox: Mailbox? = nil) -> Stationery? {
        guard let sender = mailbox.flatMap({ sender(of: $0) }) ?? sending?.from else { return nil }
        let hasOwnServer = mailbox?.smtp != nil
        guard hasOwnServer || sending != nil else { return nil }
        return Stationery(
            firm: FirmDetails(
                name: firm.name, phone: firm.phone, imprint: firm.imprint, privacy: firm.privacy,
                accent: firm.accent),
            texts: letters,
            from: NamedAddress(name: sender.name, address: sender.address),
            route: hasOwnServer ? mailbox?.name : nil, copyTo: mailbox?.name,
            takesSubAddress: sending?.subAddress == true && sending?.from.address == sender.address,
            zone: TimeZone(firm.timeZone) ?? .utc)
    }
}
