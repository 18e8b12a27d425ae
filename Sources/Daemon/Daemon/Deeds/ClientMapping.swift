internal import Configuration
internal import Crypto
internal import Intake
internal import Mail
internal import Mailroom
internal import Outbox
package import Store
internal import Systemd
internal import Text
internal import Web

extension Office {
    /// What clients do who sign in, as the pages have it done.
    func clientDeeds() -> ClientAccessDeeds {
        var deeds = ClientAccessDeeds()
        let clerk = UploadClerk(
            recorder: recorder, store: data.store, letters: letters, clock: { Office.now })
        deeds.receive = { [weak self] order in
            guard let self else { throw ClientDenial.signedOut }
            return try await clerk.receive(order, office: officeAddress)
        }
        deeds.receipt = { [weak self] sender in try await self?.sendReceipt(to: sender) }
        deeds.sendLink = { [weak self] key, language in await self?.sendSignInLink(to: key, language) }
        deeds.invite = { [weak self] order in try await self?.invite(order) }
        return deeds
    }

    /// Where clients sign in; nil: clients' pages have no address.
    private var entrance: String? { configuration.web.publicURL.map { $0 + "/client" } }

    /// Lists by mail what somebody put into folders and no receipt lists yet.
    func sendReceipt(to sender: FolderSender) async throws {
        guard let stationery else { return }
        guard let receipt = try await data.store.read({ try $0.unreceipted(of: sender) }) else { return }
        let now = Self.now
        let letter = try ClientLetters(stationery: stationery, now: now).receipt(
            receipt, of: sender.account, link: entrance)
        let number = try await data.store.read { try $0.account(sender.account)?.number.text } ?? ""
        let notices = try await notices(
            of: StaffLetters.Upload(
                account: sender.account, accountName: receipt.account,
                person: receipt.recipient.name ?? receipt.recipient.address.description,
                title: receipt.folders.joined(separator: ", "),
                files: receipt.files.map {
                    LetterFile(name: $0.name, octets: $0.octets, sha256: $0.sha256.hex)
                }, link: configuration.web.publicURL.map { "\($0)/accounts/\(number)/documents" }))
        try await letters.queue(
            [letter] + notices, now: now,
            with: { transaction in
                // Who signs out just when it has become quiet gets one.
                guard try transaction.unreceipted(of: sender) == receipt else { throw ReceiptSent() }
            },
            after: { transaction, letters in
                if let letter = letters.first { try transaction.setReceipt(letter, of: receipt) }
            })
    }

    private func sendSignInLink(to key: AddressKey, _ language: Text.Language) async {
        do {
            let now = Self.now
            guard let entrance, let stationery,
                let person = try await data.store.read({ try $0.clientPerson(key, now: now) })
            else { return }
            let token = SecretToken.random()
            let letter = try ClientLetters(stationery: stationery, now: now).signIn(
                person, language: language, link: "\(entrance)/sign-in/\(token.text)")
            let hash = token.hash
            try await letters.queue([letter], now: now) {
                try $0.addClientLink(hash, for: person, now: now)
            }
        } catch {
            log.event("client-link-not-sent", .error, [], "a client’s sign-in link was not sent: \(error)")
        }
    }

    /// Opens an account to an address and tells it so; without the letter nothing is opened.
    package func invite(_ order: InvitationOrder) async throws {
        guard let entrance else { throw InvitationMistake.noPages }
        guard let stationery else { throw InvitationMistake.noServer }
        let now = Self.now
        let (contact, head) = try await data.store.read { transaction in
            (
                try transaction.invitable(order.address, to: order.account),
                try transaction.account(order.account)
            )
        }
        guard let head else { throw InvitationMistake.notContact }
        let letter = try ClientLetters(stationery: stationery, now: now).invitation(
            to: NamedAddress(name: contact.name, address: contact.address), of: order.account,
            named: head.name, language: head.language, link: entrance, person: order.person,
            author: order.actor)
        try await letters.queue([letter], now: now) {
            try $0.invite(order.address, to: order.account, by: order.actor, now: now)
        }
    }
}
