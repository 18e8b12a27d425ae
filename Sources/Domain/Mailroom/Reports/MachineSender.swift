package import Mail
package import Text

/// Who writes on behalf of no person: mail systems, gateways, senders that nobody reads answers of.
package enum MachineSender {
    /// Programs that deliver mail, whatever their server is called.
    static func isDaemon(_ localPart: String) -> Bool {
        ["mailer-daemon", "mail-daemon", "maildaemon", "mdaemon", "mailerdaemon"]
            .contains(localPart.lowercased())
    }

    /// Also offices that a program may write for: believed only with another sign.
    package static func mayBe(_ sender: NamedAddress) -> Bool {
        mayBe(localPart: sender.address.localPart, name: sender.name)
    }

    static func mayBe(localPart: String, name: String?) -> Bool {
        let local = localPart.lowercased()
        if isDaemon(local) || offices.contains(local) { return true }
        if programs.contains(where: local.contains) { return true }
        let name = (name ?? "").lowercased()
        return names.contains(where: name.contains)
    }

    /// Whether nobody would read an answer to it.
    package static func readsNothing(_ address: AddressKey) -> Bool {
        let local = address.localPart.lowercased()
        if isDaemon(local) || ["postmaster", "bounce", "bounces"].contains(local) { return true }
        let plain = local.filter { !"-_.".contains($0) }
        return ["noreply", "donotreply", "nereponsepas", "nichtantworten"].contains(where: plain.contains)
            || ["-bounces", "-owner", "-request"].contains(where: local.hasSuffix)
            || ["owner-", "bounce-", "bounces+", "msprvs1=", "prvs="].contains(where: local.hasPrefix)
    }

    private static let offices: Set<String> = [
        "postmaster", "no-reply", "noreply", "ndr", "imss", "admin", "administrator", "sysadmin",
        "system administrator", "mailsystem", "mail", "root",
    ]
    private static let programs = [
        "smtp", "mailer", "delivery", "gateway", "mail_service", "antivirus", "postmaster",
    ]
    private static let names = [
        "mail deliver", "system administrator", "postmaster", "mail system", "ndr administrator",
    ]
}
