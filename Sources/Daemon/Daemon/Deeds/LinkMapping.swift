internal import Configuration
internal import Crypto
internal import Intake
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
internal import Systemd
internal import Text
package import Web

extension Configuration {
    /// What clients' pages say of the firm, and how much they take.
    var clientSettings: ClientSettings {
        var settings = ClientSettings()
        settings.accent = firm.accent
        settings.phone = firm.phone
        settings.imprint = firm.imprint
        settings.privacy = firm.privacy
        settings.largestFile = Int64(requests.largestFile)
        settings.mostFiles = requests.mostFiles
        settings.minimumFree = Int64(storage.minimumFree)
        settings.mostOctets = Int64(requests.mostOctets)
        settings.unfinishedSeconds = Int64(storage.unfinishedSeconds)
        return settings
    }
}

extension Office {
    /// What clients do by their links, as the pages have it done.
    ///
    /// The key is made here where links are wanted, for a page only looks.
    package func linkDeeds() throws -> LinkDeeds {
        var deeds = LinkDeeds()
        deeds.key = try configuration.web.publicURL == nil ? nil : data.linkKey()
        let clerk = UploadClerk(
            recorder: recorder, store: data.store, letters: letters, clock: { Office.now })
        deeds.receive = { [weak self] order in
            guard let self else { throw LinkClosed() }
            try await clerk.receive(order, office: officeAddress)
        }
        deeds.receipt = { [weak self] sitting in try await self?.sendReceipt(to: sitting) ?? .withheld }
        deeds.sendCode = { [weak self] addressee in try await self?.sendCode(to: addressee) ?? .noServer }
        deeds.renew = { [weak self] renewal in await self?.renew(renewal) }
        return deeds
    }

    /// Whom a client's files are to: the firm's address, or one that stands for it where it sends no mail.
    var officeAddress: NamedAddress {
        let host =
            configuration.web.publicURL.map { String($0.drop { $0 != "/" }.drop { $0 == "/" }) }
            ?? "localhost"
        let standing = EmailAddress("office@\(host.prefix { $0 != ":" && $0 != "/" })")
        guard let address = stationery?.from.address ?? standing ?? EmailAddress("office@localhost") else {
            preconditionFailure("office@localhost is an address")
        }
        return NamedAddress(name: configuration.firm.name, address: address)
    }

    /// Lists by mail what a sitting sent and no receipt lists yet.
    @discardableResult
    func sendReceipt(to id: SittingID) async throws -> ReceiptOutcome {
        let now = Office.now
        let found = try await data.store.read {
            transaction -> (
                Sitting, LinkedRequest?, [LinkUpload], isReceived: Bool, ReceiptPace?, isWithheld: Bool
            )? in
            guard let sitting = try transaction.sitting(id) else { return nil }
            let target: LinkTarget = sitting.recipient.map { .recipient($0) } ?? .request(sitting.request)
            return (
                sitting, try transaction.linked(target), try transaction.unreceipted(of: id),
                try !transaction.uploads(of: id).isEmpty, try transaction.receiptPace(of: sitting, now: now),
                try transaction.isReceiptWithheld(of: id)
            )
        }
        guard let (sitting, linked, uploads, isReceived, pace, isWithheld) = found, let linked, isReceived
        else {
            return .nothing
        }
        if uploads.isEmpty { return .sent }
        guard let stationery else { return .withheld }
        let letters = RequestLetters(
            linked.request, account: linked.account, stationery: stationery, links: try requestLinks(),
            now: now)
        let isAllowed = pace?.allowsAnother != false
        let receipt = isAllowed ? try letters.receipt(for: uploads, of: sitting, author: "mailroom") : nil
        if receipt == nil, isWithheld { return .withheld }
        let person = linked.recipient?.name ?? sitting.name ?? linked.account
        let notices = try await notices(
            of: StaffLetters.Upload(
                account: linked.request.account, accountName: linked.account, person: person,
                title: linked.request.title,
                files: uploads.map { LetterFile(name: $0.name, octets: $0.octets, sha256: $0.sha256.hex) },
                link: configuration.web.publicURL.map { "\($0)/requests/\(linked.request.id)" }))
        let hasReceipt = receipt != nil
        do {
            try await self.letters.queue(
                [receipt].compactMap { $0 } + notices, now: now,
                with: { transaction in
                    // Two buttons pressed at once send one, and a hundred at once no more than is allowed.
                    guard try transaction.unreceipted(of: id) == uploads else { throw ReceiptSent() }
                    guard hasReceipt else { return try transaction.withholdReceipt(of: id, now: now) }
                    let pace = try transaction.receiptPace(of: sitting, now: now)
                    guard pace?.allowsAnother != false else { throw ReceiptWithheld() }
                },
                after: { transaction, letters in
                    guard hasReceipt, let letter = letters.first else { return }
                    try transaction.setReceipt(letter, of: uploads)
                })
            return hasReceipt ? .sent : .withheld
        } catch is ReceiptSent {
            return .sent
        } catch is ReceiptWithheld {
            try await data.store.write { try $0.withholdReceipt(of: id, now: now) }
            return .withheld
        }
    }

    struct ReceiptSent: Error {}
    private struct ReceiptWithheld: Error {}

    /// Whoever closed the page without a word gets a receipt all the same.
    func sendQuietReceipts() async {
        let quiet = Timestamp(milliseconds: Office.now.milliseconds - UploadClerk.quietMinutes * 60_000)
        do {
            // One that can't be written leaves the others their turn.
            var last: SittingID?
            while true {
                let after = last
                let sittings = try await data.store.read {
                    try $0.sittingsWithoutReceipt(quietSince: quiet, after: after)
                }
                guard let next = sittings.last else { break }
                last = next
                for sitting in sittings { await logging { try await self.sendReceipt(to: sitting) } }
            }
            let senders = try await data.store.read { try $0.sendersWithoutReceipt(quietSince: quiet) }
            for sender in senders { await logging { try await self.sendReceipt(to: sender) } }
        } catch {
            log.event("no-receipt", .error, [], "receipts could not be looked for: \(error)")
        }
    }

    private func logging(_ send: () async throws -> Void) async {
        do {
            try await send()
        } catch is ReceiptSent {
            return
        } catch {
            log.event("no-receipt", .error, [], "a receipt could not be written: \(error)")
        }
    }

    /// Asked for too often, nothing is written at all.
    private func sendCode(to addressee: LinkAddressee) async throws -> LinkCodeSending {
        guard let stationery, let key = try data.linkKey() as LinkKey? else { return .noServer }
        let now = Office.now
        try await data.store.read { try $0.mayBeSentCode(addressee.target, now: now) }
        let code = LinkCode(random: RandomOctets.secret(count: 8))
        let letter = try ClientLetters(stationery: stationery, now: now).code(code, to: addressee)
        let hash = code.hash(at: addressee.target, generation: addressee.generation, key: key)
        try await letters.queue([letter], now: now) {
            try $0.addLinkCode(hash, to: addressee, now: now)
        }
        return .sent
    }

    private func renew(_ renewal: LinkRenewal) async {
        do {
            switch renewal {
            case .nothing: return
            case .byMail(let recipient):
                if try await !sendNewLink(to: recipient) { try await wish(.recipient(recipient)) }
            case .byStaff(let target): try await wish(target)
            }
        } catch {
            log.event("link-not-renewed", .error, [], "a link could not be renewed: \(error)")
        }
    }

    /// Lets the request hold again, and sends its letter to the address that it went to before.
    ///
    /// The old link stays void, this recipient's and the others': whoever has it need not have the mailbox.
    ///
    /// - Returns: false where the firm sends no mail, or the address gave it back.
    private func sendNewLink(to id: RequestRecipientID) async throws -> Bool {
        let now = Office.now
        guard let linked = try await data.store.read({ try $0.linked(.recipient(id)) }),
            let recipient = linked.recipient
        else { return true }
        let request = linked.request
        let isOver = request.state == .expired || request.expires <= now
        let day = Timestamp(milliseconds: now.milliseconds - 86_400_000)
        let since = isOver ? max(request.expires, day) : day
        if try await data.store.read({ try $0.wasWrittenTo(id, since: since) }) { return true }
        guard stationery != nil, recipient.state != .undelivered else { return false }
        let desk = RequestDesk(self, actor: "link", now: now)
        if isOver, try await !desk.renewLapsed(request) { return true }
        _ = try await desk.send(request.id, .mail, to: [recipient.address.description])
        return true
    }

    private func wish(_ target: LinkTarget) async throws {
        let now = Office.now
        if case .share(let recipient) = target {
            guard let linked = try await data.store.read({ try $0.linkedShare(recipient) }) else { return }
            return try await data.store.write { try $0.recordRenewalWish(linked, now: now) }
        }
        guard let linked = try await data.store.read({ try $0.linked(target) }) else { return }
        try await data.store.write { try $0.recordRenewalWish(linked, now: now) }
    }
}
