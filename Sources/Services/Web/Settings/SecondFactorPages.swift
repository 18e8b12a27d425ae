internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// Switching the second factor on, with a picture for the telephone; and off.
struct SecondFactorPages {
    private let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    private func say(_ phrase: Phrase) -> String { visit.say(phrase) }

    /// The key that is offered: of this session and this state of things, so that nothing is kept until it is proved.
    private func offered() async throws -> TOTP {
        let staff = visit.staff
        let step = try await visit.read { try $0.signInSecrets(of: staff)?.totpStep } ?? 0
        let seed = HMAC.sha256(of: Array("totp \(step)".utf8), key: visit.session.csrfKey)
        return TOTP(key: Array(seed.prefix(TOTP.keyLength)))
    }

    func setUp(_ wrong: Phrase? = nil, _ status: Status = .ok) async throws -> Response {
        let totp = try await offered()
        let address = totp.address(issuer: visit.site.settings.firm, account: visit.member.login)
        let field = Field(
            "code", say(.appCode), hint: say(.totpConfirmHint), error: wrong.map(say), isRequired: true,
            autocomplete: "one-time-code")
        return try await visit.page(
            .secondFactor, current: .settings,
            """
            <main class="page" id="main"><div class="content settings"><h1>\(say(.secondFactor))</h1>\
            <section class="card pad"><p>\(say(.totpScan))</p><div class="scan">\(picture(address))\
            <div class="field"><span class="label">\(say(.totpKey))</span>\
            <code class="totp-key">\(totp.words)</code></div></div>\
            <form class="form" method="post" action="/settings/second-factor">\(visit.token)\(field.input)\
            <p class="actions"><button class="btn primary">\(say(.totpConfirm))</button>\
            <a class="btn quiet" href="/settings">\(say(.cancel))</a></p></form></section></div></main>
            """, status: status)
    }

    private func picture(_ address: String) -> HTML {
        CodePicture(of: address)?.inline(say(.totpPicture)) ?? .empty
    }

    func switchOn(_ fields: FormItems) async throws -> Response {
        let totp = try await offered()
        let (member, session, now) = (visit.member, visit.session.id, visit.now)
        guard let step = totp.step(of: fields["code"] ?? "", at: now.seconds, after: nil) else {
            return try await setUp(.appCodeWrong, .unprocessableContent)
        }
        let codes = Self.newSet()
        let (key, hashes) = (totp.key, codes.map(\.hash))
        let isOn = try await visit.site.store.write { transaction -> Bool in
            guard try transaction.signInSecrets(of: member.id)?.totpKey == nil else { return false }
            try transaction.setTOTP(
                key, step: step, recoveryCodes: hashes, of: member.id, keeping: session, by: member.login,
                now: now)
            return true
        }
        guard isOn else { return visit.back(to: "/settings") }
        return try await shown(codes)
    }

    func switchOff(_ fields: FormItems) async throws -> Response {
        if let refusal = try await refusal(fields) { return refusal }
        let (member, now) = (visit.member, visit.now)
        try await visit.site.store.write { try $0.setTOTP(nil, of: member.id, by: member.login, now: now) }
        return visit.back(to: "/settings", did: .totpSwitchedOff)
    }

    func newCodes(_ fields: FormItems) async throws -> Response {
        if let refusal = try await refusal(fields) { return refusal }
        let codes = Self.newSet()
        let (member, now, hashes) = (visit.member, visit.now, codes.map(\.hash))
        try await visit.site.store.write {
            try $0.replaceRecoveryCodes(hashes, of: member.id)
            try $0.audit("user.recovery-codes", by: member.login, subject: member.login, at: now)
        }
        return try await shown(codes)
    }

    /// Whoever finds a screen unlocked must not be able to take the second factor away.
    private func refusal(_ fields: FormItems) async throws -> Response? {
        let pages = SettingsPages(visit)
        switch try await SignInDesk(site: visit.site).proves(fields["current"] ?? "", visit.staff) {
        case .yes: return nil
        case .no:
            return try await pages.page(
                SettingsPages.Answers(secondFactor: .passwordNotCurrent), status: .unprocessableContent)
        case .wait(let seconds):
            return try await pages.page(
                SettingsPages.Answers(secondFactor: .signInWait(seconds)), status: .tooManyRequests)
        }
    }

    private static func newSet() -> [RecoveryCode] {
        (0..<RecoveryCode.setSize).map { _ in RecoveryCode.random() }
    }

    /// The only time they are seen: the store has their hashes alone.
    private func shown(_ codes: [RecoveryCode]) async throws -> Response {
        try await visit.page(
            .recoveryCodes, current: .settings,
            """
            <main class="page" id="main"><div class="content settings"><h1>\(say(.recoveryCodes))</h1>\
            <section class="card pad"><p>\(say(.recoveryText))</p>\
            <ol class="recovery">\(codes.map { "<li><code>\($0.text)</code></li>" as HTML })</ol>\
            <p><a class="btn primary" href="/settings">\(say(.recoveryKept))</a></p></section></div></main>
            """)
    }
}
