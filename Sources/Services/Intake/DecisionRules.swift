package import Mailroom
internal import Text

/// Everything of the configuration that decides whose mail a message is and where its documents go.
package struct DecisionRules: Sendable {
    package var own: OwnDomains
    package var freeMail: FreeMail
    package var authentication: SenderAuthentication
    package var usesPrimary: Bool
    package var dropsDetail: Bool
    package var filing: FilingSettings
    /// The path of clamd's socket; nil: documents are not scanned.
    package var clamd: String?
    /// With fewer octets free on the disk no mail is fetched.
    package var minimumFree: Int64 = 0
    /// Whether the journal may name senders, subjects and files.
    package var namesInLog = false

    package init(
        own: OwnDomains, freeMail: FreeMail, authentication: SenderAuthentication, usesPrimary: Bool,
        dropsDetail: Bool, filing: FilingSettings, clamd: String?, minimumFree: Int64 = 0
    ) {
        self.own = own
        self.freeMail = freeMail
        self.authentication = authentication
        self.usesPrimary = usesPrimary
        self.dropsDetail = dropsDetail
        self.filing = filing
        self.clamd = clamd
        self.minimumFree = minimumFree
    }

    func trust(_ checks: SenderChecks) -> SenderTrust {
        SenderTrust(checks: checks, authentication: authentication, own: own, freeMail: freeMail)
    }

    var matcher: SenderMatcher {
        SenderMatcher(own: own, freeMail: freeMail, usesPrimary: usesPrimary, dropsDetail: dropsDetail)
    }
}
