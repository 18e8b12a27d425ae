package import Mail

/// What one part is, apart from whose it is.
struct PartJudge {
    let settings: FilingSettings
    let context: FilingContext
    let part: PartFacts
    let broken: BrokenContainers

    static let smallPictureBytes: Int64 = 100 << 10
    static let smallPicturePixels = 500_000
    static let repetitions = 3

    /// What is certain whoever sent it: failed, infected, unwrapped, or shown only; nil for a document.
    var settled: PartPlan? {
        if let failure = part.failure { return failed(failure) }
        if case .infected(let name) = part.scan {
            return needsFiling(.infected, "the scanner found \(name)")
        }
        if part.unwrapping != nil, broken[part.section] == nil {
            return PartPlan(
                part.section, .unwrapped, because: "all of it came out, and each part is judged by itself")
        }
        if let shown { return shown }
        if context.matching.direction == .outgoing {
            return show(.inline, "an attachment of our own mail: shown with it, never the client's document")
        }
        return nil
    }

    /// What keeps a document of a message that may be filed from being filed unasked.
    var unfit: PartPlan? {
        if let reason = broken[part.section] ?? broken[part.container] { return inBroken(reason) }
        if part.scan == .unscanned {
            return needsFiling(.unscanned, "the scanner didn't say that it is clean")
        }
        if isEncrypted { return needsFiling(.encrypted, "it asks for a password") }
        if isSecureMessage {
            return needsFiling(.secureMessage, "the message is elsewhere; this only leads there")
        }
        if let link = part.fileLinks.first {
            let expiry = link.expiry.map { ", until \($0)" } ?? ""
            return needsFiling(
                .fileLink, "files lie at \(link.service)\(expiry): they are never fetched by itself")
        }
        if part.sniffed.isEmpty || part.bytes == 0 { return needsFiling(.type, "it is empty") }
        if let because = suspicion { return needsFiling(.suspicious, because) }
        if part.bytes > settings.largest {
            return needsFiling(
                .tooLarge, "\(part.bytes) octets are more than is filed unasked (\(settings.largest))")
        }
        guard isAllowed else {
            return needsFiling(.type, "documents of this type are not filed unasked")
        }
        return nil
    }

    /// The same content is in the account already, or this message has it twice.
    func duplicate(_ contents: [SHA256Digest: Section]) -> PartPlan? {
        guard part.unwrapping == nil, broken[part.container] == nil else { return nil }
        if let document = part.alreadyFiled {
            return PartPlan(
                part.section, .duplicate, because: "the account has a document of the same content",
                sameAs: .document(document))
        }
        return contents[part.sha256].map { first in
            PartPlan(
                part.section, .duplicate, because: "part \(first) has the same content", sameAs: .part(first))
        }
    }

    var hasMacros: Bool { Self.hasMacros(part) }

    static func hasMacros(_ part: PartFacts) -> Bool {
        part.sniffed.hasMacros || part.name.map(FileFamily.isMacroName) ?? false
    }

    // MARK: - Shown only

    private var shown: PartPlan? {
        guard part.unwrapping == nil, !part.sniffed.isEncryptedPGP else { return nil }
        let type = part.mediaType.description
        let name = part.name?.lowercased() ?? ""
        if [
            "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
            "application/pgp-encrypted",
        ].contains(type) || name.hasSuffix(".p7s") {
            return show(.signature, "a signature says who wrote, and is no document")
        }
        if type == "text/calendar" || type == "application/ics" { return show(.calendar, "an invitation") }
        if let pattern = settings.showOnly.first(where: { part.name.map($0.matches) ?? false }) {
            return show(Self.reason(of: name), "its name fits show_only \(pattern)")
        }
        if ["text/vcard", "text/x-vcard", "text/directory"].contains(type) {
            return show(.card, "a visiting card")
        }
        if isDisplayedText {
            return hasFileLinksOfClient ? nil : show(.text, "the text of the message")
        }
        return isPicture ? shownPicture : nil
    }

    private static func reason(of name: String) -> LedgerReason {
        if name.hasSuffix(".ics") { return .calendar }
        if name.hasSuffix(".vcf") { return .card }
        return name.hasSuffix(".p7s") || name.hasSuffix(".asc") ? .signature : .inline
    }

    /// Text without a name that nobody attached; and what reports say to machines.
    private var isDisplayedText: Bool {
        switch part.mediaType.description {
        case "message/delivery-status", "message/disposition-notification", "text/rfc822-headers",
            "message/feedback-report", "message/global-delivery-status", "message/global-headers",
            "message/external-body":
            return true
        default: break
        }
        guard part.disposition == nil || part.disposition == .inline, part.name == nil else { return false }
        return ["plain", "html", "enriched", "richtext", "x-amp-html", "watch-html", "x-markdown"]
            .contains(part.mediaType.subtype) && part.mediaType.type == "text"
    }

    /// A link matters where the mail is a client's; a newsletter's links to files are its own business.
    private var hasFileLinksOfClient: Bool {
        !part.fileLinks.isEmpty && !context.isHistory && context.matching.direction == .incoming
            && context.matching.nature == .ordinary
            && (context.account != nil || context.matching.kind == .ambiguous)
    }

    private var isPicture: Bool {
        part.sniffed.family == .picture || part.sniffed.family == .svg
            || part.sniffed.family == nil && part.mediaType.type == "image"
    }

    /// Logos, smileys and pixels; a photographed receipt pasted into the text is a document.
    private var shownPicture: PartPlan? {
        if settings.skipInline, part.isReferencedByHTML, part.bytes < Self.smallPictureBytes,
            let size = part.picture, size.pixels < Self.smallPicturePixels
        {
            return show(.inline, "a small picture that belongs to the text")
        }
        if part.bytes < settings.smallPicture {
            return show(.smallPicture, "a picture under \(settings.smallPicture) octets")
        }
        if part.bytes <= Self.smallPictureBytes, part.seenFromSenderBefore >= Self.repetitions {
            return show(
                .repeatedPicture, "the sender sent it \(part.seenFromSenderBefore) times before: a logo")
        }
        return nil
    }

    // MARK: - Unfit

    private var isEncrypted: Bool {
        if part.encryption == .encrypted || part.sniffed.isEncryptedPGP { return true }
        let type = part.mediaType.description
        return type == "application/pkcs7-mime" || type == "application/x-pkcs7-mime"
    }

    /// Wrappers of Microsoft, Cisco, Proofpoint and Zix, by the names they had in 2026.
    private var isSecureMessage: Bool {
        let name = part.name?.lowercased() ?? ""
        if name.hasSuffix(".rpmsg") || part.mediaType == MediaType("application", "x-microsoft-rpmsg-message")
        {
            return true
        }
        guard part.sniffed.family == .html else { return false }
        return [
            "securedoc", "securemessageatt", "message_zdm", "secure_message", "securemessage",
            "encrypted_message",
        ]
        .contains { name.hasPrefix($0) }
    }

    /// | first octets | name | then |
    /// |---|---|---|
    /// | program, script, HTML | any | suspicious |
    /// | any | of a program or script | suspicious |
    /// | one family | of another, no alias | suspicious |
    /// | one family | none, and the declared type is another's | suspicious |
    /// | one family | one we don't know | not suspicious: the octets decide |
    /// | unknown | any | not suspicious: its type isn't allowed anyhow |
    private var suspicion: String? {
        let claimed = part.name.flatMap { FileFamily(fileName: $0) }
        if claimed == .executable || claimed == .script { return "its name is that of a program" }
        guard let family = part.sniffed.family else { return nil }
        switch family {
        case .executable: return "it is a program"
        case .script: return "it is a script"
        case .html: return "it is HTML, which can hold programs"
        case .pdf, .office, .picture, .text, .xml, .zip, .epub, .svg, .outlook, .archive, .sound, .film, .pgp,
            .signature, .calendar, .card, .message, .tnef:
            break
        }
        let declared = part.name == nil ? FileFamily(mediaType: part.mediaType) : nil
        guard let claim = claimed ?? declared, !family.agrees(withClaimed: claim) else { return nil }
        return "it is \(family.rawValue), but calls itself \(claim.rawValue)"
    }

    private var isAllowed: Bool {
        if let family = part.sniffed.family, settings.allowed.contains(family) { return true }
        return settings.alsoAllowed.contains { pattern in
            pattern.matches(part.name ?? "") || pattern.matches(part.mediaType.description)
        }
    }

    // MARK: - Plans

    private func failed(_ failure: PartFailure) -> PartPlan {
        switch failure {
        case .gaveNothing: PartPlan(part.section, .failed, .gaveNothing, because: "the server gave nothing")
        case .unreadable: PartPlan(part.section, .failed, .unreadable, because: "it could not be decoded")
        case .storage: PartPlan(part.section, .failed, .storage, because: "it could not be written")
        }
    }

    private func inBroken(_ breakage: BrokenContainers.Breakage) -> PartPlan {
        let whole = part.unwrapping == nil ? "it stays in its container" : "nothing of it is filed"
        switch breakage {
        case .encrypted: return needsFiling(.encrypted, "something in it asks for a password, so \(whole)")
        case .infected: return needsFiling(.infected, "the scanner objects to the container, so \(whole)")
        case .damaged: return needsFiling(.containerDamaged, "not all of it could be unpacked, so \(whole)")
        }
    }

    private func show(_ reason: LedgerReason, _ because: String) -> PartPlan {
        PartPlan(part.section, .shown, reason, because: because)
    }

    private func needsFiling(_ reason: LedgerReason, _ because: String) -> PartPlan {
        PartPlan(part.section, .needsFiling, reason, because: because)
    }
}

extension PartFacts {
    /// By its octets where they say, else as declared: what a nameless file is called by.
    package var typeForName: MediaType {
        let isGeneric = mediaType == .octets || FileFamily(mediaType: mediaType) == nil
        return isGeneric ? sniffed.mediaType ?? mediaType : mediaType
    }
}
