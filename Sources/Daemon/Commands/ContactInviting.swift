internal import Daemon
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// `mailroom contact invite`: from then on the address may sign in and see the account's documents.
enum ContactInviting {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let text = arguments.operands[0]
        let entry = try ContactEditing.one(
            of: await ContactEditing.addresses(text, desk), arguments.value("--account"))
        guard let key = AddressKey(text) else {
            throw CommandFailure(.usage, "“\(text.shown)” is no address")
        }
        let actor = invocation.actor
        do {
            let person = try await desk.person(invocation)
            try await desk.office.invite(
                InvitationOrder(address: key, account: entry.account, actor: actor, person: person))
        } catch let mistake as InvitationMistake {
            throw failure(mistake, entry)
        }
        return try await ContactEditing.show(
            text, "is invited to \(entry.accountNumber); the letter is queued", invocation, desk)
    }

    private static func failure(_ mistake: InvitationMistake, _ entry: ContactAddress) -> CommandFailure {
        switch mistake {
        case .notContact:
            CommandFailure(.noSuchThing, "\(entry.address) does not speak for \(entry.accountNumber)")
        case .noLogin:
            CommandFailure(
                .badData,
                "\(entry.address) may not log in: mailroom contact edit \(entry.address) "
                    + "--account \(entry.accountNumber) --switches \"\(entry.switches) login\"")
        case .notPerson:
            CommandFailure(.badData, "\(entry.name) is a \(entry.kind.rawValue): nobody reads mail there")
        case .guestAccount: CommandFailure(.badData, "nobody signs in to a guest account")
        case .noPages:
            CommandFailure(.configuration, "there are no pages for clients: [web] public_url is not set")
        case .noServer:
            CommandFailure(
                .configuration,
                "there is no server to send by: [smtp] in the configuration, see man mailroom.toml")
        }
    }
}
