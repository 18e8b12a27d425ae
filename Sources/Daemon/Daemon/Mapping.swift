package import Configuration
internal import IMAP
package import Intake
package import Logins
internal import Mail
package import Mailroom
package import Text

// The configuration as the parts of the daemon want it. `Configuration` has
// words and places; what they mean is said here and nowhere else.

extension Configuration {
    /// What decides whose mail a message is and where its documents go.
    package var decisionRules: DecisionRules {
        let domains = Set(firm.domains.compactMap { DomainName($0) })
        let drops = matching.ignoresPlusDetail
        let staff = Set(firm.staffAddresses.compactMap { AddressKey($0, droppingDetail: drops) })
        var rules = DecisionRules(
            own: OwnDomains(domains, staff: staff),
            freeMail: FreeMail(besides: matching.neverByDomain.compactMap { DomainName($0) }),
            authentication: SenderAuthentication(matching.senderAuthentication),
            usesPrimary: matching.usesPrimary,
            dropsDetail: drops, filing: filingSettings, clamd: scanning.clamd,
            minimumFree: Int64(storage.minimumFree))
        rules.namesInLog = !log.isPrivate
        return rules
    }

    private var filingSettings: FilingSettings {
        var settings = FilingSettings()
        settings.mode = FilingMode(rawValue: filing.mode.rawValue) ?? .auto
        settings.folder = .checked(filing.folder.text)
        settings.folderWhere = place(of: "filing.folder")?.description
        settings.rules = rules.map { rule in
            FilingRule(
                name: rule.name, sources: rule.mailboxes, senders: rule.from.compactMap { NamePattern($0) },
                subjects: rule.subjects.compactMap { NamePattern($0) },
                fileNames: rule.fileNames.compactMap { NamePattern($0) },
                folder: .checked(rule.folder.text), at: rule.place.description)
        }
        settings.largest = Int64(filing.largest)
        settings.showOnly = filing.showOnly.compactMap { NamePattern($0) }
        settings.alsoAllowed = filing.allow.compactMap { NamePattern($0) }
        settings.senderAuthentication = SenderAuthentication(matching.senderAuthentication)
        settings.timeZone = TimeZone(firm.timeZone) ?? .utc
        return settings
    }

    /// The folders a new account begins with, in its language.
    package func folders(for language: Text.Language) -> [FolderSeed] {
        folders.map { folder in
            FolderSeed(
                names: [.de: folder.name.de, .ja: folder.name.ja, .en: folder.name.en],
                access: Access(rawValue: folder.access.rawValue) ?? .private, isDefault: folder.isDefault)
        }
    }

    /// Every configured source, with its way to log in; without the logins, tokens are not to be had.
    package func sources(_ logins: Logins?) -> [SourceSettings] {
        mailboxes.map { sourceSettings($0, logins) }
    }

    private func sourceSettings(_ mailbox: Mailbox, _ logins: Logins?) -> SourceSettings {
        let security: IMAPEndpoint.Security =
            switch mailbox.security {
            case .tls: .tls
            case .starttls: .startTLS
            case .plain: .plain
            }
        let mechanism: IMAPLogin.Mechanism =
            switch mailbox.authentication {
            case .password: .automatic
            case .plain: .plain
            case .login: .login
            case .oauth2: .bearer
            }
        let checks: Mailroom.SenderChecks =
            switch mailbox.senderChecks {
            case .microsoft365: .microsoft365
            case .servers(let servers):
                servers.isEmpty ? .none : .servers(servers.compactMap { AuthservPattern($0) })
            }
        return SourceSettings(
            name: mailbox.name,
            endpoint: IMAPEndpoint(
                host: mailbox.host, port: UInt16(mailbox.port), security: security, caFile: mailbox.caFile),
            login: mailbox.login(logins, mechanism), answered: mailbox.answered(logins),
            mailboxes: mailbox.choice, senderChecks: checks,
            history: HistoryMode(rawValue: mailbox.history.rawValue) ?? .preview,
            since: mailbox.since.map { Timestamp(seconds: Int64($0.number) * 86_400) },
            unmatched: UnmatchedPolicy(rawValue: mailbox.unmatched.rawValue) ?? .keep, owner: mailbox.owner,
            poll: mailbox.poll, idle: mailbox.idle, dailyOctets: mailbox.dailyBytes.map { Int64($0) },
            batch: mailbox.batch)
    }
}

extension Configuration.Mailbox {
    /// The patterns were read once by the check; what is none there can't be here.
    fileprivate var choice: MailboxChoice {
        let texts = folders.map(\.text)
        return (try? MailboxChoice(texts)) ?? .standard
    }
}

extension SenderAuthentication {
    fileprivate init(_ word: Configuration.Matching.SenderAuthentication) {
        self =
            switch word {
            case .standard: .standard
            case .strict: .strict
            case .off: .off
            }
    }
}

extension Mailroom.FolderTemplate {
    /// The check has refused what this refuses.
    fileprivate static func checked(_ text: String) -> Mailroom.FolderTemplate {
        (try? Mailroom.FolderTemplate(text)) ?? .defaultFolder
    }
}
