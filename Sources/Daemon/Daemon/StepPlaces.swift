package import Configuration
package import Mailroom

extension Configuration {
    /// The line behind a step of a decision: its own, or that of the setting it goes by.
    ///
    /// - Parameter source: the one that the message came by.
    package func place(of step: Step, source: String?) -> String? {
        if let place = step.where { return place }
        let setting: String? =
            switch step.rule {
            case "sender.authentication": "matching.sender_authentication"
            case "sender.authentication_results", "sender.dmarc", "sender.spf", "sender.dkim":
                source.map { "mailbox.\($0).sender_checks" }
            case "sender.own_list", "matching.staff", "matching.forward": "firm.domains"
            case "matching.primary": "matching.primary"
            case "matching.domain": "matching.never_by_domain"
            default: nil
            }
        return setting.flatMap { place(of: $0)?.description }
    }
}
