internal import Configuration
internal import Daemon
internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Reads addresses and domains that people type; what can't be one ends in a sentence.
struct AddressReading {
    let configuration: Configuration

    func address(_ text: String) throws(CommandFailure) -> (address: EmailAddress, key: AddressKey) {
        guard let address = EmailAddress(text),
            !text.contains(where: { $0.isWhitespace || "<>,;".contains($0) }),
            let key = AddressKey(address)
        else {
            throw CommandFailure(.badData, "“\(text.shown)” is no address: it looks like kate@smith.example")
        }
        guard !configuration.decisionRules.own.isStaff(key) else {
            throw CommandFailure(
                .badData, "\(text.shown) is one of us ([firm] domains): its mail is never a client’s")
        }
        return (address, key)
    }

    /// A domain that is some client's own.
    func domain(_ text: String) throws(CommandFailure) -> DomainName {
        let rules = configuration.decisionRules
        guard let domain = DomainName(text), domain.description.contains(".") else {
            throw CommandFailure(.badData, "“\(text.shown)” is no domain: it looks like smith.example")
        }
        guard !rules.freeMail.contains(domain) else {
            throw CommandFailure(
                .badData,
                "anyone can have an address at \(text.shown): name addresses instead, with --address")
        }
        guard !rules.own.contains(domain) else {
            throw CommandFailure(.badData, "\(text.shown) is the firm’s own domain")
        }
        return domain
    }
}
