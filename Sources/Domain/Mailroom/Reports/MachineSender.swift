package import Mail
package import Text

/// Who writes on behalf of no person: mail systems, gateways, senders that nobody reads answers of.
package enum MachineSender {
    /// Programs that deliver mail, whatever their server is called.
    static func isDaemon(_ localPart: String) -> Bool {
        ["mailer-daemon", "mail-daemon", "maildaemon", "mdaemon", "mailerdaemon"]
            .contains(localPart.lowercased())
    }

    /// Whether it may be no person: believed only with another sign.
    package static func mayBe(_ sender: NamedAddress) -> Bool {
        isMailSystem(localPart: sender.address.localPart, name: sender.name)
            || isOffice(sender.address.localPart)
    }

    /// Mail servers, gateways and filters by the names they go by.
    static func isMailSystem(localPart: String, name: String?) -> Bool {
        let local = localPart.lowercased()
        if isDaemon(local) || ["ndr", "imss", "mailsystem"].contains(local) { return true }
        if programs.contains(where: local.hasOctets) { return true }
        guard let name = name?.lowercased() else { return false }
        return names.contains(where: name.hasOctets)
    }

    /// Addresses that all sorts of programs write from, people's shops too.
    static func isOffice(_ localPart: String) -> Bool { offices.contains(localPart.lowercased()) }

    /// Whether nobody would read an answer to it.
    package static func readsNothing(_ address: AddressKey) -> Bool {
        let local = address.localPart.lowercased()
        if isDaemon(local) || ["postmaster", "bounce", "bounces"].contains(local) { return true }
        let plain = local.filter { !"-_.".contains($0) }
        return ["noreply", "donotreply", "nereponsepas", "nichtantworten"].contains(where: plain.hasOctets)
            || ["-bounces", "-owner", "-request"].contains(where: local.hasSuffix)
            || ["owner-", "bounce-", "bounces+", "msprvs1=", "prvs="].contains(where: local.hasPrefix)
    }

    private static let offices: Set<String> = [
        "no-reply", "noreply", "admin", "administrator", "sysadmin", "mail", "root",
    ]
    private static let programs = [
        "postmaster", "smtp", "mailer", "mail_service", "mail.delivery", "maildelivery", "antivirus",
        "system administrator",
    ]
    private static let names = [
        "mail deliver", "system administrator", "postmaster", "mail system", "ndr administrator",
    ]
}
