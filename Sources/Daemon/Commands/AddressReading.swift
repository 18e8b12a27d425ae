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
        do {
            return try configuration.typedAddresses.address(text)
        } catch {
            switch error {
            case .malformed, .freeMail:
                throw CommandFailure(
                    .badData, "“\(text.shown)” is no address: it looks like kate@smith.example")
            case .ours:
                throw CommandFailure(
                    .badData, "\(text.shown) is one of us ([firm] domains): its mail is never a client’s")
            }
        }
    }

    /// A domain that is some client's own.
    func domain(_ text: String) throws(CommandFailure) -> DomainName {
        do {
            return try configuration.typedAddresses.domain(text)
        } catch {
            switch error {
            case .malformed:
                throw CommandFailure(.badData, "“\(text.shown)” is no domain: it looks like smith.example")
            case .freeMail:
                throw CommandFailure(
                    .badData,
                    "anyone can have an address at \(text.shown): name addresses instead, with --address")
            case .ours: throw CommandFailure(.badData, "\(text.shown) is the firm’s own domain")
            }
        }
    }
}
